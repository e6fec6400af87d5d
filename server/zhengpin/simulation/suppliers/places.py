"""Cities, districts and roads in which suppliers are registered, each with its name in letters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class City:
    """A city."""

    province: str
    """Empty for a city that is one."""
    districts: tuple[str, ...]
    """One empty one where there are none."""


CITIES = {
    "杭州": City("浙江", ("西湖", "余杭", "滨江", "萧山")),
    "义乌": City("浙江", ("",)),
    "广州": City("广东", ("白云", "天河", "番禺", "海珠")),
    "深圳": City("广东", ("龙岗", "宝安", "南山", "福田")),
    "泉州": City("福建", ("丰泽", "鲤城", "洛江")),
    "宁波": City("浙江", ("鄞州", "海曙", "北仑")),
    "苏州": City("江苏", ("吴中", "姑苏", "相城")),
    "青岛": City("山东", ("市南", "崂山", "黄岛")),
    "成都": City("四川", ("武侯", "锦江", "双流")),
    "武汉": City("湖北", ("洪山", "江汉", "武昌")),
    "郑州": City("河南", ("金水", "二七", "中原")),
    "上海": City("", ("浦东新", "松江", "嘉定", "闵行")),
    "东莞": City("广东", ("",)),
}
ROADS = {
    "人民": "Renmin",
    "解放": "Jiefang",
    "建设": "Jianshe",
    "中山": "Zhongshan",
    "文化": "Wenhua",
    "和平": "Heping",
    "新华": "Xinhua",
    "胜利": "Shengli",
    "长江": "Changjiang",
    "黄河": "Huanghe",
    "工业": "Gongye",
    "科技": "Keji",
    "创业": "Chuangye",
    "迎宾": "Yingbin",
    "学院": "Xueyuan",
    "体育": "Tiyu",
    "青年": "Qingnian",
    "幸福": "Xingfu",
    "光明": "Guangming",
    "朝阳": "Chaoyang",
    "东风": "Dongfeng",
    "湖滨": "Hubin",
    "江南": "Jiangnan",
    "沿河": "Yanhe",
    "龙山": "Longshan",
    "凤凰": "Fenghuang",
    "金山": "Jinshan",
    "银河": "Yinhe",
    "天元": "Tianyuan",
    "兴业": "Xingye",
    "富强": "Fuqiang",
    "民主": "Minzhu",
    "友谊": "Youyi",
    "团结": "Tuanjie",
    "复兴": "Fuxing",
    "永安": "Yongan",
    "平安": "Pingan",
    "嘉禾": "Jiahe",
    "桂花": "Guihua",
    "梅园": "Meiyuan",
}
"""Without the sort of road."""
SORTS = {"路": "Road", "街": "Street", "大道": "Avenue"}
_NAMES = {
    "浙江": "Zhejiang",
    "广东": "Guangdong",
    "福建": "Fujian",
    "江苏": "Jiangsu",
    "山东": "Shandong",
    "四川": "Sichuan",
    "湖北": "Hubei",
    "河南": "Henan",
    "杭州": "Hangzhou",
    "义乌": "Yiwu",
    "广州": "Guangzhou",
    "深圳": "Shenzhen",
    "泉州": "Quanzhou",
    "宁波": "Ningbo",
    "苏州": "Suzhou",
    "青岛": "Qingdao",
    "成都": "Chengdu",
    "武汉": "Wuhan",
    "郑州": "Zhengzhou",
    "上海": "Shanghai",
    "东莞": "Dongguan",
    "西湖": "Xihu",
    "余杭": "Yuhang",
    "滨江": "Binjiang",
    "萧山": "Xiaoshan",
    "白云": "Baiyun",
    "天河": "Tianhe",
    "番禺": "Panyu",
    "海珠": "Haizhu",
    "龙岗": "Longgang",
    "宝安": "Baoan",
    "南山": "Nanshan",
    "福田": "Futian",
    "丰泽": "Fengze",
    "鲤城": "Licheng",
    "洛江": "Luojiang",
    "鄞州": "Yinzhou",
    "海曙": "Haishu",
    "北仑": "Beilun",
    "吴中": "Wuzhong",
    "姑苏": "Gusu",
    "相城": "Xiangcheng",
    "市南": "Shinan",
    "崂山": "Laoshan",
    "黄岛": "Huangdao",
    "武侯": "Wuhou",
    "锦江": "Jinjiang",
    "双流": "Shuangliu",
    "洪山": "Hongshan",
    "江汉": "Jianghan",
    "武昌": "Wuchang",
    "金水": "Jinshui",
    "二七": "Erqi",
    "中原": "Zhongyuan",
    "浦东新": "Pudongxin",
    "松江": "Songjiang",
    "嘉定": "Jiading",
    "闵行": "Minhang",
}


def in_letters(name: str) -> str:
    """A province's, city's or district's name in pinyin."""
    return _NAMES[name]
