"""What was noticed when a complaint came in, so that a person looks before anything goes out. It
sorts and never refuses: a person decides (个人信息保护法 24).
"""

from enum import StrEnum


class Sign(StrEnum):
    TRAP = "trap"
    MANY_FROM_PLACE = "many_from_place"
    MANY_FROM_PHONE = "many_from_phone"
