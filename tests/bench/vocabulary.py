"""Words for stories that differ from each other as real ones do: few words often, many seldom."""

import random

GOODS = """
学习桌 台灯 电饭煲 空气炸锅 羽绒服 运动鞋 行李箱 床垫 沙发 窗帘 显示器 键盘 耳机 充电宝 手机壳
平板电脑 投影仪 扫地机 净水器 热水器 洗衣机 冰箱 微波炉 打印机 自行车 滑板车 婴儿车 奶粉 纸尿裤
玩具 积木 茶叶 白酒 蜂蜜 橄榄油 大米 坚果 面膜 口红 洗发水 牙刷 剃须刀 按摩椅 跑步机 瑜伽垫
帐篷 睡袋 鱼竿 渔具 电钻 水龙头 花洒 马桶 地板 瓷砖 油漆 门锁 监控 路由器
""".split()
FAULTS = """
开裂 褪色 漏水 漏电 异味 发霉 变形 掉漆 起球 短少 发错 破损 过期 假冒 无法充电 无法开机
噪音很大 尺寸不符 颜色不符 材质不符 缺少配件 没有发票 屏幕有坏点 电池鼓包 接口松动 缝线脱落
拉链损坏 轮子断裂 说明书缺失 保修卡缺失 二手翻新 重量不足
""".split()
ANSWERS = """
商家一直不回复 客服说不归他们管 商家要求自付运费 商家只肯退一半 商家说已过七天 商家让等主管
平台让找商家 商家否认销售 商家把我拉黑 商家说人为损坏 商家要求先寄回 商家答应后没有下文
快递说已签收 商家更改了页面 商家关闭了售后
""".split()
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐"
    "许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文辉力健春燕波宁贵福生"
TRADES = "家居 电器 数码 服饰 户外 母婴 食品 美妆 五金 建材 文具 茶业 酒业 玩具 家纺".split()


def retold(kind: str, text: str, dice: random.Random) -> str:
    """The words of a statement as somebody else would have said them."""
    match kind:
        case "complaint.facts":
            return story(text, dice)
        case "complaint.consumer.name":
            return dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2))))
        case "complaint.consumer.phone":
            return f"138{dice.randrange(10**8):08}"
        case "complaint.order.number":
            return f"2026{dice.randrange(10**10):010}"
        case "complaint.merchant.shop":
            name = "".join(dice.choices(GIVEN, k=2))
            return f"{name}{dice.choice(TRADES)}{dice.choice(('专营店', '旗舰店', '店'))}"
        case _:
            return text


def story(text: str, dice: random.Random) -> str:
    goods, fault = often(GOODS, dice), often(FAULTS, dice)
    day, answer = f"{dice.randrange(1, 13)}月{dice.randrange(1, 29)}日", often(ANSWERS, dice)
    return f"{day}收到{goods}，{fault}，{answer}。{text}"


def often(words: list[str], dice: random.Random) -> str:
    """The first ones far more often than the last, as in every language."""
    return words[min(int(dice.expovariate(5 / len(words))), len(words) - 1)]
