"""The 18 signs under which a Chinese business is registered (统一社会信用代码)."""

from stdnum.cn import uscc


def fits(typed: str) -> bool:
    """Whether its last sign is the check sign of the others (GB 32100-2015). A hint and no more:
    licences are misread, and some shops show an older number.
    """
    return bool(uscc.is_valid(typed))
