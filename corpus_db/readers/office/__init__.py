"""Documents and mail: DOCX, RTF, mails and mailboxes."""
