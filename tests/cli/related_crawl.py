"""Crawls for the tests of `kithkin related`: articles on invented events in six languages, put
together from phrases, so that many are on one matter and few are copies."""
import random

#: A language: how words and sentences are put together, syllables of which names are made, what may
#: stand at a sentence's end, and its topics. A topic has subjects, predicates and objects.
LANGUAGES = {
    "en": (" ", ". ", "ba dor ken lis mor ta vi wen sul rad fen gor".split(),
           ["early on Monday", "before the winter", "after a long debate", "for the first time",
            "in spite of the cost", "according to a statement"],
           [(["the fishermen of the harbour", "the port authority", "two ferry captains",
              "the owners of the trawlers"],
             ["unloaded", "inspected", "refused to give up", "sold at the quay"],
             ["crates of mackerel and herring", "the rusty cranes of the pier",
              "their nets and anchors", "a cargo of frozen shrimp"]),
            (["the orchestra and its conductor", "a young violinist", "the singers of the opera",
              "the director of the festival"],
             ["rehearsed", "performed on a crowded stage", "recorded in the old theatre",
              "dedicated to the audience"],
             ["a forgotten symphony", "three concertos for cello", "the overture of a new ballet",
              "songs by a blind composer"]),
            (["the surgeons of the clinic", "nurses from the vaccination team",
              "researchers of the laboratory", "the ministry of health"],
             ["treated with a new medicine", "examined for the virus", "warned about",
              "published a study of"],
             ["patients with a rare fever", "children who suffer from asthma",
              "the side effects of antibiotics", "hospital infections in the region"])]),
    "ar": (" ", ". ", "با دور كان ليس مور تال فيد وان سول راد فين جور".split(),
           ["صباح يوم الاثنين", "قبل بداية الشتاء", "بعد نقاش طويل", "للمرة الأولى هذا العام",
            "رغم ارتفاع التكاليف", "وفق ما جاء في بيان"],
           [(["الصيادون في الميناء", "هيئة الموانئ البحرية", "قباطنة السفن الصغيرة",
              "أصحاب قوارب الصيد"],
             ["أفرغوا على الرصيف", "فحصوا بعناية", "رفضوا التخلي عن", "باعوا في السوق"],
             ["صناديق السردين والتونة", "الرافعات القديمة في المرسى", "الشباك والمراسي المعدنية",
              "شحنة من الروبيان المجمد"]),
            (["الفرقة الموسيقية وقائدها", "عازفة كمان شابة", "مطربو دار الأوبرا",
              "مدير المهرجان الفني"],
             ["قدموا على المسرح", "سجلوا في القاعة القديمة", "تدربوا طويلا على",
              "أهدوا إلى الجمهور"],
             ["سيمفونية منسية", "ثلاث مقطوعات للعود", "افتتاحية باليه جديد",
              "أغاني ملحن ضرير"]),
            (["الجراحون في المستشفى", "ممرضات فريق التطعيم", "باحثو المختبر الطبي",
              "وزارة الصحة"],
             ["عالجوا بدواء جديد", "فحصوا لكشف الفيروس", "حذروا المواطنين من", "نشروا دراسة عن"],
             ["مرضى الحمى النادرة", "الأطفال المصابين بالربو", "الآثار الجانبية للمضادات الحيوية",
              "العدوى داخل العيادات"])]),
    "ru": (" ", ". ", "ба дор кен лис мор та ви вен сул рад фен гор".split(),
           ["рано утром в понедельник", "ещё до начала зимы", "после долгих споров",
            "впервые за последние годы", "несмотря на большие расходы", "как говорится в заявлении"],
           [(["рыбаки из гавани", "начальники морского порта", "капитаны двух паромов",
              "владельцы траулеров"],
             ["выгрузили на причал", "тщательно осмотрели", "отказались отдать", "продали на рынке"],
             ["ящики скумбрии и сельди", "ржавые краны на пирсе", "свои сети и якоря",
              "груз мороженых креветок"]),
            (["оркестранты и их дирижёр", "молодые скрипачи", "певцы оперного театра",
              "устроители фестиваля"],
             ["долго репетировали", "исполнили на сцене", "записали в старом зале",
              "посвятили публике"],
             ["забытую симфонию", "три концерта для виолончели", "увертюру нового балета",
              "песни слепого композитора"]),
            (["хирурги городской клиники", "медсёстры прививочной бригады",
              "сотрудники лаборатории", "врачи министерства здравоохранения"],
             ["лечили новым лекарством", "проверили на вирус", "предупредили жителей про",
              "описали в исследовании"],
             ["больных редкой лихорадкой", "детей с тяжёлой астмой",
              "побочные действия антибиотиков", "заражения внутри больниц"])]),
    "hi": (" ", "। ", "बा दोर केन लिस मोर ताल वीर वेन सूल राद फेन गोर".split(),
           ["सोमवार की सुबह", "सर्दी शुरू होने से पहले", "लंबी बहस के बाद", "इस साल पहली बार",
            "बढ़ते खर्च के बावजूद", "एक बयान के अनुसार"],
           [(["बंदरगाह के मछुआरों ने", "पत्तन प्राधिकरण ने", "दो नौकाओं के कप्तानों ने",
              "जहाज़ों के मालिकों ने"],
             ["घाट पर उतारा", "ध्यान से जाँचा", "छोड़ने से इनकार किया", "बाज़ार में बेचा"],
             ["ताज़ी मछली की पेटियाँ", "पुरानी क्रेन और रस्सियाँ", "अपने जाल और लंगर",
              "जमे हुए झींगे का माल"]),
            (["संगीत मंडली और उसके संचालक ने", "युवा वायलिन वादक ने", "रंगमंच के गायकों ने",
              "उत्सव के निदेशक ने"],
             ["मंच पर प्रस्तुत किया", "पुराने सभागार में रिकॉर्ड किया", "देर तक अभ्यास किया",
              "दर्शकों को समर्पित किया"],
             ["एक भूली हुई रचना", "सितार की तीन धुनें", "नए नृत्य नाटक का आरंभ",
              "अंधे कवि के गीत"]),
            (["अस्पताल के चिकित्सकों ने", "टीकाकरण दल की नर्सों ने", "प्रयोगशाला के शोधकर्ताओं ने",
              "स्वास्थ्य मंत्रालय ने"],
             ["नई दवा से ठीक किया", "विषाणु के लिए परखा", "चेतावनी जारी की", "अध्ययन प्रकाशित किया"],
             ["दुर्लभ बुखार के रोगी", "दमे से पीड़ित बच्चे", "एंटीबायोटिक के दुष्प्रभाव",
              "अस्पतालों में फैला संक्रमण"])]),
    "zh": ("", "。", "巴 多 肯 林 莫 塔 维 文 苏 拉 芬 高".split(),
           ["星期一早晨", "在冬季到来之前", "经过长时间争论", "今年首次", "尽管费用上涨", "据一份声明说"],
           [(["港口的渔民们", "海事管理局", "两位渡轮船长", "拖网渔船的船主"],
             ["在码头卸下", "仔细检查了", "拒绝放弃", "在市场出售"],
             ["成箱的鲭鱼和鲱鱼", "生锈的起重机", "渔网和铁锚", "一批冷冻虾"]),
            (["交响乐团和指挥", "一位年轻小提琴手", "歌剧院的演员", "音乐节总监"],
             ["在舞台上演出", "反复排练", "在旧剧院录制", "献给观众"],
             ["被遗忘的交响曲", "三首大提琴协奏曲", "新芭蕾舞的序曲", "盲人作曲家的歌曲"]),
            (["诊所的外科医生", "疫苗接种护士", "实验室研究人员", "卫生部门"],
             ["用新药治疗", "检测病毒", "提醒居民注意", "发表论文研究"],
             ["罕见发烧的患者", "患哮喘的儿童", "抗生素的副作用", "医院内部感染"])]),
    "th": ("", " ", "บา ดอร์ เคน ลิส มอร์ ตา วี เวน ซุล ราด เฟน กอร์".split(),
           ["เช้าวันจันทร์", "ก่อนถึงฤดูหนาว", "หลังการถกเถียงยาวนาน", "เป็นครั้งแรกของปี",
            "แม้ค่าใช้จ่ายสูงขึ้น", "ตามแถลงการณ์"],
           [(["ชาวประมงที่ท่าเรือ", "การท่าเรือจังหวัด", "กัปตันเรือข้ามฟาก", "เจ้าของเรืออวน"],
             ["ขนขึ้นฝั่ง", "ตรวจสอบอย่างละเอียด", "ปฏิเสธจะทิ้ง", "นำไปขายในตลาด"],
             ["ลังปลาทูสด", "ปั้นจั่นเก่าขึ้นสนิม", "แหและสมอเรือ", "กุ้งแช่แข็งทั้งลำ"]),
            (["วงดนตรีและวาทยกร", "นักไวโอลินรุ่นใหม่", "นักร้องโรงละคร", "ผู้อำนวยการเทศกาล"],
             ["แสดงบนเวที", "ซ้อมอย่างหนัก", "บันทึกเสียงในหอประชุม", "มอบแด่ผู้ชม"],
             ["บทเพลงที่ถูกลืม", "เพลงขลุ่ยสามบท", "บทโหมโรงระบำใหม่", "เพลงของกวีตาบอด"]),
            (["ศัลยแพทย์ของคลินิก", "พยาบาลทีมฉีดวัคซีน", "นักวิจัยห้องทดลอง", "กระทรวงสาธารณสุข"],
             ["รักษาด้วยยาใหม่", "ตรวจหาเชื้อไวรัส", "เตือนประชาชนเรื่อง", "เผยแพร่งานวิจัยเรื่อง"],
             ["ผู้ป่วยไข้หายาก", "เด็กที่เป็นหอบหืด", "ผลข้างเคียงของยา", "การติดเชื้อในโรงพยาบาล"])]),
}


def name(rng, language):
    syllables = LANGUAGES[language][2]
    made = "".join(rng.choice(syllables) for _ in range(3))
    return made[0].upper() + made[1:]


class Event:
    """What several articles tell of: a topic, with names and a number of its own."""

    def __init__(self, rng, language, topic):
        self.language, self.topic = language, topic
        self.names = [name(rng, language) for _ in range(3)]
        self.number = str(rng.randrange(100, 10_000))

    def sentence(self, rng):
        space, _, _, ends, topics = LANGUAGES[self.language]
        subjects, predicates, objects = topics[self.topic]
        parts = [rng.choice(subjects), rng.choice(self.names), rng.choice(predicates),
                 rng.choice(objects), rng.choice(ends)]
        if rng.random() < 0.3:
            parts[4:4] = [self.number]
        if rng.random() < 0.5:  # what the end says may come first
            parts = parts[-1:] + parts[:-1]
        return space.join(parts)

    def text(self, rng, sentences):
        stop = LANGUAGES[self.language][1]
        return stop.join(self.sentence(rng) for _ in range(sentences)) + stop.strip()


def news(seed, languages="en ar ru hi zh th".split(), events=4, articles=5, copies=True, days=3):
    """A crawl of dated news. Each language has `events` events of each topic and as many articles on
    each; every fifth article has a copy on another host. Ids begin language-topic-event."""
    rng = random.Random(seed)
    documents = []
    for language in languages:
        for number in range(events * len(LANGUAGES[language][4])):
            topic = number % len(LANGUAGES[language][4])
            event = Event(rng, language, topic)
            day = rng.randrange(300)
            for article in range(articles):
                made = {"id": f"{language}-{topic}-{number}-{article}",
                        "title": event.sentence(rng), "text": event.text(rng, 9),
                        "lang": language, "date": date_of(day + rng.randrange(days), rng),
                        "url": f"https://{language}{rng.randrange(6)}.example/{number}/{article}"}
                documents.append(made)
                if copies and article % 5 == 0:
                    documents.append({**made, "id": made["id"] + "-copy",
                                      "url": f"https://copies.example/{language}/{number}"})
    rng.shuffle(documents)
    return documents


def date_of(day, rng=None):
    """Of the year 2024; with a time where there is a generator."""
    months = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    month = 0
    while day >= months[month]:
        day -= months[month]
        month += 1
    clock = f"T{rng.randrange(24):02}:{rng.randrange(60):02}:00Z" if rng else "T00:00:00Z"
    return f"2024-{month + 1:02}-{day + 1:02}{clock}"
