"""What the people of `world` write and are called, in English and in Chinese."""

from dataclasses import dataclass

from marketplace.accounts.roles import Role


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; listings are (title, purpose, story)."""

    borrower: str
    company: str
    newcomer: str
    reason: str
    investors: tuple[str, ...]
    staff: dict[Role, str]
    listings: tuple[tuple[str, str, str], ...]
    opinions: dict[str, str]


ENGLISH = Words(
    borrower="Bai Lan",
    company="Bai Bakery Ltd",
    newcomer="Dai Wen",
    reason="Please add last year's tax return and say which van you mean.",
    investors=("Ann Zhou", "Ben Qian", "Cora Sun", "Du Heng", "Emma Wu", "Feng Li"),
    staff={
        Role.LOAN_OFFICER: "Lin Mei",
        Role.RISK_OFFICER: "Rao Jun",
        Role.COMMITTEE_MEMBER: "Kang Yu",
        Role.FINANCE: "Fang Ting",
        Role.OPERATIONS: "Ou Jie",
        Role.AUDITOR: "An Ning",
    },
    listings=(
        ("A delivery van", "car", "Two routes a day are driven with a hired van; our own costs half as much."),
        ("Working capital for the spring season", "working_capital", "Flour and butter are paid a month before."),
        ("A second oven for the bakery", "business", "Mornings sell out by nine. The oven pays within a year."),
        ("New roof for the workshop", "business", "The old one leaks above the dough room."),
        ("Shop front on Nanjing Road", "business", "The lease is signed; shelves, counter and sign are to be paid."),
        ("A course in bread making", "education", "Two of us go, three months, and teach the others."),
        ("Cold store", "business", "It keeps four days of butter instead of one."),
        ("One loan instead of three", "debt_consolidation", "Three cards at 18 % and more become one at less."),
        ("Solar panels", "other", "They carry the ovens from May to September."),
        ("A coffee machine", "business", "Every second guest asks for coffee."),
        ("Dental treatment", "medical", "Eight visits, paid at the first."),
        ("Kitchen at home", "home", "Twenty years old and at its end."),
        ("Packaging line", "business", "Packing by hand takes two people every morning."),
        ("Delivery bicycles", "working_capital", "Four of them replace the second van inside the ring road."),
        ("A mill of our own", "business", "Fresh flour sells at twice the price."),
    ),
    opinions={
        "pass_to_risk": "Visited on Tuesday: both ovens run at full load; the books are in order.",
        "pass_to_committee": "Takings cover the instalment three times over. Grade stands.",
        "approve": "Approved as asked.",
    },
)

CHINESE = Words(
    borrower="白岚",
    company="白记烘焙有限公司",
    newcomer="戴文",
    reason="请补充去年的纳税申报表，并说明车辆型号。",
    investors=("周安", "钱本", "孙珂", "杜恒", "吴敏", "李峰"),
    staff={
        Role.LOAN_OFFICER: "林梅",
        Role.RISK_OFFICER: "饶军",
        Role.COMMITTEE_MEMBER: "康宇",
        Role.FINANCE: "方婷",
        Role.OPERATIONS: "欧洁",
        Role.AUDITOR: "安宁",
    },
    listings=(
        ("购置送货面包车", "car", "每天两条线路都靠租车，自有车辆成本减半。"),
        ("春季流动资金", "working_capital", "面粉和黄油需要提前一个月付款。"),
        ("面包房添置第二台烤箱", "business", "早上九点前就卖完，一年内即可收回成本。"),
        ("车间翻修屋顶", "business", "和面间上方漏雨。"),
        ("南京路新门店", "business", "租约已签，货架、柜台和招牌待付款。"),
        ("面包制作课程", "education", "两人学习三个月，回来教大家。"),
        ("冷藏库", "business", "可存放四天的黄油。"),
        ("三笔贷款合并为一笔", "debt_consolidation", "三张信用卡利率均在百分之十八以上。"),
        ("太阳能板", "other", "五月到九月供烤箱使用。"),
        ("咖啡机", "business", "一半的客人都想喝咖啡。"),
        ("牙科治疗", "medical", "共八次，首次付清。"),
        ("家用厨房", "home", "已用二十年。"),
        ("包装线", "business", "每天早上需两人手工包装。"),
        ("送货自行车", "working_capital", "四辆即可替代环线内的第二辆货车。"),
        ("自有磨坊", "business", "现磨面粉可卖双倍价格。"),
    ),
    opinions={
        "pass_to_risk": "周二实地走访：两台烤箱满负荷运转，账目清楚。",
        "pass_to_committee": "营业额为每期还款的三倍，维持评级。",
        "approve": "同意。",
    },
)

WORDS = {"en": ENGLISH, "zh-hans": CHINESE}
