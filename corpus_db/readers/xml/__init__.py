"""News in XML: feeds, NITF, NewsML; read without what makes XML dangerous."""
