"""What goes wrong with stored files, whatever keeps them."""


class AlreadyThere(Exception):
    """What lies under this key stays as it is."""


class NotThere(Exception):
    """Nothing lies under this key."""
