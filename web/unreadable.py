"""What a program sent that is not even read: told with the place where it stands."""

from services.lifecycle.reading import Fault


class Unreadable(Exception):
    def __init__(self, path: str, code: str) -> None:
        super().__init__(f"{path}: {code}")
        self.fault = Fault(path=path, code=code)
