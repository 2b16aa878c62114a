// A language is three lists of pieces. A syllable is one of each, a word one to four syllables:
//
//   onsets b d k, nuclei a o, codas _ n   ->   ba, don, kodan, ...
//
// Frequent pieces stand more than once. Where no codas fit a script the list is "_".
#include "synth/languages.h"

#include <array>

namespace kithkin {
namespace {

constexpr std::string_view kLatinOnsets =
    "b br c cr d dr f fl g gr h j k l l m m n n p pl pr qu r r s s st t t tr v w";
constexpr std::string_view kArabicOnsets =
    "ب ب ت ث ج ح خ د د ر ر ز س س ش ص ض ط ع ع غ ف ف ق ق ك ل ل م م ن ن ه و ي";
constexpr std::string_view kHanzi =
    "天 地 人 水 火 山 石 木 金 土 日 月 星 风 云 雨 雪 电 光 声 色 香 味 力 气 心 手 足 目 耳 口 "
    "头 面 身 "
    "家 国 城 市 村 路 车 船 桥 门 窗 房 楼 园 田 林 海 河 湖 江 东 西 南 北 上 下 左 右 前 后 中 "
    "内 外 大 "
    "小 多 少 长 短 高 低 新 旧 早 晚 今 明 年 时 分 春 夏 秋 冬 红 黄 蓝 白 黑 青 生 活 学 习 书 "
    "文 字 语 "
    "言 话 问 答 教 师 友 父 母 子 女 儿 男 老 幼 王 民 工 农 商 兵 医 法 律 政 经 济 市 场 价 钱 "
    "买 卖 本 "
    "利 开 关 来 去 进 出 回 到 过 起 落 走 跑 飞 行 动 作 用 做 成 立 定 安 全 平 和 争 战 胜 败 "
    "合 同 共 "
    "公 私 主 客 首 相 会 议 员 部 队 组 团 报 告 消 息 网 信 号 数 量 比 例 增 减 加 清 正 直 美 "
    "善 真 理 "
    "想 思 意 知 道 德 爱 乐 喜 悲 笑 歌 舞 画 影 戏 球 赛 运 体 育 科 技 机 器 能 源 油 煤 铁 钢 "
    "铜 银";

constexpr std::array kLanguages = {
    LanguageModel{"ar", kArabicOnsets, "ا ا و ي ي _ _", "_ _ _ ر ل م ن د ة", "_ _ ال ال و ب", 1, 3,
                  true, "، ", ". ", U'٠'},
    LanguageModel{"en", kLatinOnsets, "a e e i o u ea ou", "_ _ n r s t ll nd ck ng", "_", 1, 3},
    LanguageModel{"fr", "b c ch d f g j l l m n p pr qu r s t tr v", "a e i o u ou é è eau ai on",
                  "_ _ _ r s t nt lle", "_", 1, 3},
    LanguageModel{"es", "b c d f g h j l ll m n p pr r s t tr v z", "a e i o u ia ue á ó",
                  "_ _ _ n s r l", "_", 1, 3},
    LanguageModel{"de", "b br d f fr g h k kl l m n pf r s sch st t v w z",
                  "a e e i o u ei au ü ä ö", "_ n r t ch nd rt st l", "_", 1, 3},
    LanguageModel{"tr", "b c d g h k k l m n p r s t v y z", "a e i o u", "_ _ n r l k m t", "_", 1,
                  4},
    LanguageModel{"ru", "б в в г д ж з к к л м н н п пр р с ст т т ф х ч ш", "а е и о о у ы я ю",
                  "_ _ н р с т л й ть", "_", 1, 3},
    LanguageModel{"el", "β γ δ θ κ κ λ μ ν π π ρ σ τ τ φ χ", "α ε η ι ο ο υ ου αι ω", "_ _ _ ν ρ",
                  "_", 1, 3},
    LanguageModel{"he", "ב ג ד ה ו ז ח ט י כ ל ל מ מ נ ס ע פ צ ק ר ר ש ש ת", "_ _ ו י א",
                  "_ _ ל ר ד ת ה ב", "_ _ ה ו ב", 1, 3},
    LanguageModel{"fa", "ب پ ت ج چ ح خ د ر ز ژ س ش ف ق ک گ ل م ن و ه ی", "ا ا و ی ی _",
                  "_ _ ر ن د م ه ت", "_ _ _ می", 1, 3, true, "، ", ". ", U'۰'},
    LanguageModel{"ur", "ب پ ت ٹ ج چ ح خ د ڈ ر ز س ش ع ف ق ک گ ل م ن و ہ", "ا ا و ی ے ی _",
                  "_ _ ر ن ں م ل", "_", 1, 3, true, "، ", "۔ ", U'۰'},
    LanguageModel{"hi", "क ख ग घ च ज ट ड त थ द ध न प प्र फ ब भ म य र ल व श स ह", "ा ि ी ु ू े ो ै _ _",
                  "_ _ _ न र त ल ं", "_", 1, 3, true, ", ", "। ", U'०'},
    LanguageModel{"th", "ก ข ค ง จ ช ด ต ท น บ ป ผ พ ม ย ร ล ว ส ห อ", "า ิ ี ุ ู ะ อ ั", "น ม ก ง บ ย",
                  "_", 1, 3, false, " ", " "},
    LanguageModel{"zh", kHanzi, "_", "_", "_", 1, 3, false, "，", "。"},
    LanguageModel{"ja",
                  "か き く こ さ し す せ た ち つ て な に の は ひ ふ ほ ま み む も や よ ら "
                  "り る れ わ 人 国 日 "
                  "本 山 川 田 東 京 時 新 聞 社 会 学 生 語 車 電 話",
                  "_", "_ _ _ ん", "_", 1, 4, false, "、", "。"},
    LanguageModel{"ko",
                  "가 나 다 라 마 바 사 아 자 차 카 타 파 하 고 노 도 로 모 보 소 오 조 기 니 리 "
                  "미 비 시 이 지 "
                  "구 누 두 루 무 부 수 우 주 한 신 정 민 경 국 문",
                  "_", "_", "_", 1, 3},
};

}  // namespace

std::span<const LanguageModel> languages() noexcept { return kLanguages; }

}  // namespace kithkin
