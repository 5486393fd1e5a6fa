"""Characters of Chinese writing that stand for one another in names: 髙橋 and 高橋 are one name, spelt two ways.

Written by hand and not made from a table: those common in names, of the kinds that Unicode's Unihan database calls kZVariant,
kSemanticVariant and kSimplifiedVariant, and older forms that Japan's family registers allow. Only where one stands for one:
范 and 範 are two names in China.
Characters that Unicode itself calls compatible are folded before, with all others.
"""

from __future__ import annotations

# In each group the first is what the others are folded into.
_GROUPS = """
高髙 崎﨑嵜 浜濱濵 辺邊邉 斎齋 斉齊 沢澤 桜櫻 広廣 国國 島嶋嶌岛 徳德 真眞 恵惠 寿壽 竜龍龙 瀬瀨 滝瀧 野埜 富冨 峰峯 万萬 弥彌
来來 頼賴赖 緑綠 礼禮 郎郞 栄榮荣 衛衞卫 円圓 縁緣 応應 奥奧 横橫 温溫 楽樂乐 巻卷 寛寬 気氣 峡峽 暁曉 勲勳 薫薰 芸藝 県縣
剣劍 顕顯 厳嚴严 恒恆 黄黃 黒黑 児兒 実實 緒緖 将將 条條 浄淨 譲讓 慎愼 穂穗 静靜 荘莊 曽曾 増增 蔵藏 灯燈 稲稻 塩鹽 関關关
鉄鐵 豊豐 亀龜 桧檜 桑桒 吉𠮷 土圡 柳栁 館舘 鶴靏靍 昂昻 渕淵渊 満滿 亜亞 悪惡 為爲 学學 宝寶 双雙 総總
陳陈 張张 劉刘 楊杨 趙赵 呉吳吴 孫孙 馬马 羅罗 鄭郑 謝谢 許许 韓韩 馮冯 鄧邓 閻阎 譚谭 陸陆 蔣蒋 賈贾 鄒邹 龔龚 錢钱 湯汤 盧卢
蘇苏 顧顾 呂吕 欧歐 華华 麗丽 偉伟 強强 軍军 紅红 貴贵 輝辉 傑杰 蘭兰 鳳凤 鄺邝 龐庞 聶聂 遲迟 費费 鳥鸟 長长
東东 門门 風风 飛飞 雲云 書书 義义 慶庆 維维 賢贤 銘铭 鋒锋 錦锦 靈灵 穎颖 瑩莹 瑋玮
"""


def _variants() -> dict[int, str]:
    found: dict[int, str] = {}
    for group in _GROUPS.split():
        found.update(dict.fromkeys(map(ord, group[1:]), group[0]))
    return found


VARIANTS = _variants()
