"""Keys as numbers: the same in every version, one for each key, and of each kind on its side of 0."""

from corpus_db.store.keys import key_number, key_numbers

KEYS = ["b:p okello amara", "b:c amaraokello", "s:okello", "b:", "b:g quispe 李\x00", "s:amara"]
NUMBERS = [
    3490278955952323415,
    1830362461600713723,
    -118419146186319491,
    1427707448633723494,
    4457741331189164441,
    -4013850997175122211,
]


def test_the_numbers_never_change():
    """They stand in databases: another way of making them needs a migration."""
    assert key_numbers(KEYS).tolist() == NUMBERS


def test_a_key_has_its_number_whatever_stands_beside_it():
    assert [key_number(key) for key in KEYS] == key_numbers(KEYS).tolist()
    assert key_numbers([]).tolist() == []


def test_different_keys_get_different_numbers_and_kinds_different_signs():
    words = [f"{a}{b} {c}" for a in "abcdefgh" for b in "abcdefgh" for c in range(300)]
    numbers = key_numbers([kind + word for kind in ("b:", "s:") for word in words]).tolist()
    assert len(set(map(abs, numbers))) == len(numbers) == 2 * len(words)
    assert [number > 0 for number in numbers] == [True] * len(words) + [False] * len(words)
    assert max(map(abs, numbers)) < 1 << 63
