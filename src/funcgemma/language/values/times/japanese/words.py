"""Japanese words for days, weeks, months, years and parts of the day."""

from funcgemma.language.values.times.lexicon import Entry
from funcgemma.language.values.times.model import Clock, Every

# A word of one 漢字 is itself only if no other word begins with it (朝日, 夜景, 昼食). Before a
# verb (朝読む, 夜眠れない) it is: a 漢字 and hiragana that is no particle.
_ALONE = (
    "(?![ァ-ヺ]|ごはん|ご飯|御飯|めし|ふかし|ぼらけ|がお|もや|な夜な|っぱら|さり|更か|寝[しす]"
    "|帰り|遊び|逃げ|泣き|釣り"
    "|(?![一二三四五六七八九十雨雪寒暑冷晴曇何早遅])[一-龯](?![いうえおかきくけこさしせたちつてっ"
    "なねびべまみむめらりるれろわんげ]))"
)
_PROGRAMME = (
    "(?!大工|洋画|劇場|ロード|プレミアム|サスペンス|版|学校|ドラマ|バラエティ|スペシャル"
    "|ワイド|から夜ふかし|から夜更かし)"
)
# 今井, 今治, 今度, 今回, 今更, 今にも … are no times.
_NOT_NOW = (
    "(?![日週月年時夜晩朝度井治後季期世村川泉庄帰津宮野里関枝岡尾昔更上回市池切西田城出々宵夕]"
    "|にも|や|まで|いち|さら|しばらく|しがた|のところ|どき|ひとつ|ひと|頃|ごろ)"
)
# 月ように, 水ようび: what children and elders write; not 水ようかん.
_AS_DAY = "(?:び|(?=[とのはにもで、。,.!? ]|から|まで|$))"
_AFTER_DAY = (
    "(?=[のはもに、。,.!? でまって0-9ごじ]|か(?:[らなも、。? ]|$)|(?![子香美花介輔大])[一-龯]|$)"
)

DAYS = (
    Entry("今日(?!子)", {"offset": 0}),
    Entry("本日(?!程)", {"offset": 0}, "k"),
    Entry(f"きょう{_AFTER_DAY}", {"offset": 0}, "h"),
    Entry(
        "明日(?!香|葉|菜|架|斗|海りお|花(?![火見束])|美(?![容術])|奈(?!良)|那(?![覇須智]))",
        {"offset": 1},
    ),
    Entry(f"あした(?!ば|か[^ら])|あす(?:{_AFTER_DAY}|(?=[いえあ]))", {"offset": 1}, "h"),
    Entry("みょうにち|翌日(?!配|便|発送|着)|次の日|つぎの[日ひ]", {"offset": 1}),
    Entry("明後日|あさって|みょうごにち|翌々日|翌翌日", {"offset": 2}),
    Entry("しあさって|明々後日|明明後日", {"offset": 3}),
    Entry("やのあさって", {"offset": 4}),
    Entry("昨日", {"offset": -1}),
    Entry(f"きのう{_AFTER_DAY}", {"offset": -1}, "h"),
    Entry("一昨日|おととい|おとつい", {"offset": -2}),
    Entry("一昨々日|一昨昨日|さきおととい", {"offset": -3}),
    Entry("明朝|翌朝", {"offset": 1, "part": "morning"}),
    Entry("明晩|明夜|翌晩", {"offset": 1, "part": "night"}),
    Entry("今夜|今宵|今晩(?!は[。!！、 ])(?!は$)", {"offset": 0, "part": "night", "tonight": True}),
    Entry("こんや|こんばん(?![はわ])", {"offset": 0, "part": "night", "tonight": True}, "h"),
    Entry("今朝", {"offset": 0, "part": "morning", "tonight": True}),
    Entry("けさ(?=[のはも、 ])", {"offset": 0, "part": "morning", "tonight": True}, "b"),
    Entry("今夕", {"offset": 0, "part": "evening", "tonight": True}),
    Entry("昨夜|昨晩|昨夕|ゆうべ|夕べ", {"offset": -1, "part": "night"}),
)

PERIODS = (
    Entry("今週|こんしゅう", {"week": 0}),
    Entry("来週|らいしゅう|翌週|次週|次の週(?!末)|つぎの ?しゅう(?!まつ)", {"week": 1}),
    Entry(
        "再来週|さ来週(?<!えっとさ来週)(?<![あそ]のさ来週)(?<![でから]さ来週)|さらい週|さらいしゅう|翌々週",
        {"week": 2},
    ),
    Entry("再々来週|再再来週", {"week": 3}),
    Entry("先週|せんしゅう|前週", {"week": -1}),
    Entry("先々週|先先週|せんせんしゅう", {"week": -2}),
    Entry("週末|しゅうまつ|土日(?:祝日?)?|どにち", {"weekend": True}),
    Entry("週間(?=の?(?:予報|天気))", {"weekly": True}),
    Entry("週明け|週あけ|週初め|週はじめ|週頭|週の(?:頭|あたま|初め|はじめ)", {"weekdays": (0,)}),
    Entry("週の(?:半ば|なかば|中頃|真ん中)|週半ば|週なかば", {"weekdays": (2,)}),
    Entry("週の?後半", {"week": 0, "edge": "second"}),
    Entry("週の?前半", {"week": 0, "edge": "first"}),
    Entry("今月|こんげつ", {"month_offset": 0}),
    Entry("来月|らいげつ|翌月", {"month_offset": 1}),
    Entry("再来月|さ来月|さらい月|さらいげつ", {"month_offset": 2}),
    Entry("先月|せんげつ|前月", {"month_offset": -1}),
    Entry("先々月|先先月", {"month_offset": -2}),
    Entry("月末|げつまつ", {"edge": "end"}, "k"),
    Entry("月初(?:め|旬(?!め))?|月はじめ|月始め|月頭|月の(?:初め|はじめ|頭)", {"edge": "start"}),
    Entry("月半ば|月なかば|月の半ば", {"edge": "middle"}),
    Entry("上旬|初旬", {"edge": "early"}),
    Entry("中旬", {"edge": "mid"}),
    Entry("下旬", {"edge": "late"}),
    Entry("今年|本年(?!度)", {"year_offset": 0}),
    Entry("ことし(?=[のはも、 ]|中|$)", {"year_offset": 0}, "h"),
    Entry("来年|らいねん|翌年", {"year_offset": 1}),
    Entry("再来年|さ来年|さらいねん", {"year_offset": 2}),
    Entry("去年|昨年|きょねん", {"year_offset": -1}),
    Entry("一昨年|おととし", {"year_offset": -2}),
    Entry("今年度|本年度", {"year_offset": 0, "fiscal": True}),
    Entry("来年度", {"year_offset": 1, "fiscal": True}),
    Entry("昨年度|前年度", {"year_offset": -1, "fiscal": True}),
    Entry("年内", {"year_offset": 0, "edge": "rest"}),
)

WEEKDAYS = (
    *(
        Entry(f"{char}曜日?{_PROGRAMME}|{char}よう{_AS_DAY}", {"weekdays": (number,)})
        for number, char in enumerate("月火水木金土日")
    ),
    *(
        Entry(f"{reading}ようび|{reading}よう(?=[とのはに、]|から)", {"weekdays": (number,)}, "h")
        for number, reading in enumerate(["げつ", "か", "すい", "もく", "きん", "ど", "にち"])
    ),
    Entry("平日|へいじつ", {"workdays": True}),
    Entry("以外(?:の日|の)?", {"except_": True}, "w"),
    Entry(
        "今度の|こんどの|次の(?!日)|つぎの|この(?!日)|直近の|今度(?=[月火水木金土日]曜|の?土日)",
        {"near": True},
        "w",
    ),
    Entry("最終(?=[月火水木金土日]曜)|最後の(?=[月火水木金土日]曜)", {"nth": (-1,)}),
    Entry("最初の(?=[月火水木金土日]曜)", {"nth": (1,)}),
)

PARTS = (
    Entry("午前(?!様)中?", {"part": "am"}),
    Entry("ごぜん(?:ちゅう)?", {"part": "am"}, "w"),
    Entry("午後", {"part": "pm"}),
    Entry("ごご", {"part": "pm"}, "w"),
    Entry("早朝|明け方|明けがた|夜明け前?|朝方", {"part": "morning"}, "k"),
    Entry(f"朝(?:イチ|いち|一番?){_ALONE}|朝早く|朝{_ALONE}", {"part": "morning"}, "k"),
    Entry("あさいち|あさ", {"part": "morning"}, "w"),
    Entry(
        f"お昼(?:休み|やすみ|前|頃|ごろ)|お昼{_ALONE}|昼(?:休み|やすみ|間|前|頃|ごろ)|昼{_ALONE}",
        {"part": "noon"},
        "k",
    ),
    Entry("お昼過ぎ|お昼すぎ|お昼下がり|昼過ぎ|昼すぎ|昼下がり", {"part": "pm"}, "k"),
    Entry("日中(?![一-龯])|にっちゅう", {"part": "noon"}, "k"),
    Entry("おひる|ひる", {"part": "noon"}, "w"),
    Entry("夕方|夕刻|ゆうがた", {"part": "evening"}),
    Entry(f"夜遅く|夜間|夜{_ALONE}", {"part": "night"}, "k"),
    Entry("晩(?![一-龯ごめ])|晩(?=[0-9一二三四五六七八九十])|宵の口", {"part": "night"}, "k"),
    Entry("よる|ばん", {"part": "night"}, "w"),
    Entry("深夜|夜中|真夜中|よなか|未明|夜更け|夜ふけ", {"part": "late"}),
    Entry("正午|しょうご(?=に|から|まで)", {"clock": Clock(12, exact=True)}),
)

NOW = (
    Entry(
        f"今{_NOT_NOW}(?<![昨古当現方只唯]今)(?<!った今)(?<!ただ今)|今何|只今の",
        {"now": True},
    ),
    Entry("いま(?=[のは、,がも何?？ ]|って|から|すぐ)(?!は亡き|のところ)", {"now": True}, "b"),
    Entry("現在(?!地|位置|進行|住所)", {"now": True}),
)

RECURRING = (
    Entry("毎日(?!新聞|放送)|まいにち|まい日|日に(?:1|一)(?:回|度)", {"every": Every("DAILY")}),
    Entry("毎朝|まいあさ|まい朝", {"every": Every("DAILY"), "part": "morning"}),
    Entry("毎晩|毎夜|まいばん|まい晩", {"every": Every("DAILY"), "part": "night"}),
    Entry("毎夕", {"every": Every("DAILY"), "part": "evening"}),
    Entry("隔日|いちにち ?おき", {"every": Every("DAILY", 2)}),
    Entry(
        "毎週|まいしゅう|まい週|毎(?=[月火水木金土日]曜)|週に?(?:1|一)(?:回|度)|週(?:イチ|[1一](?=で|ペース))",
        {"every": Every("WEEKLY")},
    ),
    Entry("隔週|かくしゅう|一週おき", {"every": Every("WEEKLY", 2)}),
    Entry(
        "毎月|まいつき|まい月|月に?(?:1|一)(?:回|度)|月(?:イチ|[1一](?=で|ペース))",
        {"every": Every("MONTHLY")},
    ),
    Entry("隔月", {"every": Every("MONTHLY", 2)}),
    Entry("毎年|まいとし|まい年|年に?(?:1|一)(?:回|度)", {"every": Every("YEARLY")}),
    Entry("隔年", {"every": Every("YEARLY", 2)}),
    Entry("毎時間?", {"every": Every("HOURLY")}),
    Entry("毎平日", {"workdays": True}),
)

_PRESENT = (
    "(?!プレゼント|ギフト|ケーキ|ツリー|ソング|カード|チョコ|ローズ|マーケット|キャロル|コフレ)"
)
_FEASTS = {
    "元日": (
        "元日|元旦|がんたん|おしょうがつ|お正月(?!太り|飾り)|正月(?!太り|飾り)|新年(?!会|度)"
        "|年明け|年始|年初"
    ),
    "三が日": "三が日|正月三が日",
    "成人の日": "成人の日|成人式",
    "建国記念の日": "建国記念の?日",
    "天皇誕生日": "天皇誕生日",
    "節分": "節分",
    "バレンタイン": f"バレンタイン(?:デー)?{_PRESENT}",
    "ひな祭り": "ひな祭り|ひなまつり|雛祭り|桃の節句",
    "ホワイトデー": f"ホワイトデー{_PRESENT}",
    "春分の日": "春分の日|春分",
    "年度末": "年度末|今年度末",
    "年度初め": "年度初め|年度はじめ|年度頭",
    "昭和の日": "昭和の日",
    "憲法記念日": "憲法記念日",
    "みどりの日": "みどりの日",
    "こどもの日": "こどもの日|子どもの日|子供の日|こどものひ|端午の節句",
    "ゴールデンウィーク": "ゴールデンウィーク|ゴールデンウイーク",
    "母の日": f"母の日{_PRESENT}|ははのひ",
    "父の日": f"父の日{_PRESENT}|ちちのひ",
    "七夕": "七夕(?!飾|伝説|まつり|祭)|たなばた",
    "海の日": "海の日",
    "山の日": "山の日",
    "お盆": "お盆(?:休み)?|盆休み",
    "敬老の日": f"敬老の日{_PRESENT}|けいろうのひ",
    "秋分の日": "秋分の日|秋分",
    "スポーツの日": "スポーツの日|体育の日",
    "ハロウィン": "ハロウィーン?|ハロウィン",
    "文化の日": "文化の日",
    "七五三": "七五三",
    "勤労感謝の日": "勤労感謝の日",
    "クリスマスイブ": "クリスマスイ[ブヴ]|聖夜",
    "クリスマス": f"クリスマス{_PRESENT}",
    "年末年始": "年末年始",
    "大晦日": "大晦日|大みそか|おおみそか",
    "連休": "連休|三連休|3連休|四連休|4連休|大型連休",
    "祝日": "祝日",
}
FEASTS = (
    *(Entry(words, {"named": name}) for name, words in _FEASTS.items()),
    Entry("年末(?!調整|ジャンボ|商戦|年始)", {"named": "大晦日"}, "k"),
)

ENTRIES = (*DAYS, *PERIODS, *WEEKDAYS, *PARTS, *NOW, *RECURRING, *FEASTS)
