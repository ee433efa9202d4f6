"""What people say that asks for none of the functions."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """A kind of talk.

    Attributes:
        key: Its name in the provenance.
        category: Of the rows, as in the corpus.
        ja: What a writer of Japanese is told.
        en: What a writer of English is told.
        near: Whether it uses the words of a function without asking for it.
    """

    key: str
    category: str
    ja: str
    en: str
    near: bool = False


TOPICS = (
    Topic("greeting", "greeting", "あいさつや呼びかけ", "a greeting or a call for attention"),
    Topic(
        "general_question",
        "general_question",
        "雑学・科学・暮らしの知恵などの一般的な質問",
        "a question of general knowledge, science or everyday life",
    ),
    Topic(
        "creative",
        "creative",
        "物語・詩・キャッチコピー・名前の案などを書いてほしいという頼み",
        "a wish for a story, a poem, a slogan or a name",
    ),
    Topic(
        "opinion",
        "opinion",
        "アシスタント自身の考えや好みを聞く、または自分の意見を言う",
        "what the assistant itself thinks or likes, or an opinion of one's own",
    ),
    Topic("smalltalk", "smalltalk", "用のない世間話", "small talk that wants nothing"),
    Topic(
        "near_miss",
        "statement",
        "下の機能に関係する語を使うが、機能には何も頼んでいない発話 (感想・好み・うわさ・仮定)",
        "words of the function below without asking for it: a remark, a liking, hearsay",
        near=True,
    ),
    Topic(
        "past_event",
        "statement",
        "下の機能に関係する、もう済んだ出来事の話 (頼みは何もない)",
        "something in the past that has to do with the function below; nothing is asked",
        near=True,
    ),
    Topic(
        "word_meaning",
        "wordplay",
        "同じ言語の中での語の意味・読み方・語源・ことば遊び",
        "what a word means, how it is spelt or said in the same language, or a pun",
    ),
    Topic(
        "coding",
        "coding",
        "プログラム・数式・表計算・設定についての相談",
        "help with code, formulas, spreadsheets or settings",
    ),
    Topic("venting", "venting", "愚痴や弱音", "venting: a complaint, tiredness, worry"),
    Topic(
        "meta",
        "meta",
        "アシスタントが何者か、何ができるかという質問",
        "a question about the assistant: what it is, what it can do",
    ),
    Topic(
        "thanks",
        "thanks",
        "何かしてもらった後のお礼や感想",
        "thanks or a comment after something was done",
    ),
    Topic(
        "negation",
        "negation",
        "下の機能はいま要らないと断る、頼むのをやめる",
        "the function below is declined: no need, never mind, not now",
        near=True,
    ),
)
