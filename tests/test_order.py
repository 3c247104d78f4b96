"""Long files first, and none forgotten."""

from pathlib import Path

from tests.order import LONG, longest_first


def test_long_folders_come_first_then_files_of_many_tests():
    files = ["tests/a/test_few.py", *["tests/a/test_many.py"] * 3, "tests/jobs/test_x.py", "tests/proofs/test_y.py"]
    assert list(longest_first(files)) == [
        "tests/proofs/test_y.py", "tests/jobs/test_x.py", "tests/a/test_many.py", "tests/a/test_few.py",
    ]  # fmt: skip


def test_every_long_folder_is_there():
    assert [name for name in LONG if not (Path(__file__).parent / name).is_dir()] == []
