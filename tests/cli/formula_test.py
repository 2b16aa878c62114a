#!/usr/bin/env python3
"""Copies and formulas: texts that fill one template with different facts share much and are
different news, whatever the language; an edited text is the same news. All texts are invented."""
import itertools
import random
import unittest

from harness import Case, words

# Texts -----------------------------------------------------------------------------------------

# A family: its template, the facts of each member, a heading and a footer that an outlet puts
# around a text, the words an editor puts for others, and a sentence of the template that is
# dropped.

ARABIC_TELEGRAM = {
    "name": "ar-telegram",
    "template": (
        "بعث الملك رشيد بن طلال برقية تهنئة إلى {0} {1} بمناسبة {2}. "
        "وأعرب الملك في برقيته، باسمه وباسم شعب المملكة وحكومتها، عن أصدق التهاني وأطيب التمنيات "
        "بالصحة والسعادة لفخامته، ولشعب {3} الصديق باطراد التقدم والازدهار. "
        "وأشاد بالعلاقات المتميزة التي تربط البلدين، والتي يحرص الجانبان على تعزيزها وتنميتها في "
        "المجالات كافة. "
        "كما بعث ولي العهد الأمير سالم بن رشيد برقية مماثلة إلى {1}، عبّر فيها عن أبلغ التهاني "
        "وأطيب التمنيات بموفور الصحة والسعادة لفخامته، وبمزيد من الرقي والنماء لشعب {3} الصديق."),
    "facts": [
        ("رئيس جمهورية فنلندا", "يوهانس كوسكينن", "ذكرى يوم الاستقلال لبلاده", "فنلندا"),
        ("رئيس جمهورية كوستاريكا", "رودريغو فارغاس", "إعادة انتخابه لولاية ثانية", "كوستاريكا"),
        ("رئيس جمهورية كينيا", "صامويل أوتينو", "ذكرى يوم جمهوريته", "كينيا"),
        ("رئيس جمهورية بولندا", "ماريك زيلينسكي", "أدائه اليمين الدستورية", "بولندا"),
        ("حاكم عام كندا", "روبرت ماكفيرسون", "ذكرى اليوم الوطني لبلاده", "كندا"),
        ("رئيس جمهورية طاجيكستان", "فيروز نظروف", "ذكرى استقلال بلاده", "طاجيكستان"),
        ("رئيس جمهورية مدغشقر", "أندري راكوتو", "فوزه في الانتخابات الرئاسية", "مدغشقر"),
        ("رئيس جمهورية الأوروغواي", "إستيبان مولينا", "ذكرى إعلان الدستور", "الأوروغواي"),
        ("رئيس جمهورية النمسا", "كلاوس هوفر", "عيد ميلاده الستين", "النمسا"),
        ("رئيس جمهورية غانا", "كوامي أدجي", "ذكرى قيام الجمهورية", "غانا"),
    ],
    "heading": "الملك يبعث برقية تهنئة",
    "footer": "جميع الحقوق محفوظة لوكالة الأنباء الساحلية. تابعوا آخر الأخبار عبر تطبيقنا.",
    "edits": [("برقية مماثلة", "رسالة مماثلة"), ("وأشاد", "ونوّه"), ("يحرص", "يعمل")],
    "dropped": ("وأشاد بالعلاقات المتميزة التي تربط البلدين، والتي يحرص الجانبان على تعزيزها "
                "وتنميتها في المجالات كافة. "),
}

ARABIC_WEATHER = {
    "name": "ar-weather",
    "template": (
        "توقعت دائرة الأرصاد الجوية أن يكون الطقس يوم {0} {1} في معظم مناطق البلاد، مع رياح {2}، "
        "وأن تبلغ درجة الحرارة العظمى في العاصمة {3} درجة مئوية والصغرى {4} درجة. "
        "ويكون البحر {5}. "
        "ودعت الدائرة السائقين إلى توخي الحذر على الطرق الجبلية وترك مسافة كافية بين المركبات، "
        "وطلبت من الصيادين متابعة النشرات التي تصدر عنها كل ست ساعات. "
        "وتجدون التوقعات المفصلة لكل محافظة على موقع الدائرة وفي تطبيقها على الهواتف المحمولة."),
    "facts": [
        ("السبت", "غائما جزئيا", "شمالية غربية معتدلة", "27", "16", "متوسط ارتفاع الموج"),
        ("الأحد", "حارا وجافا", "جنوبية خفيفة", "38", "24", "هادئا"),
        ("الاثنين", "ماطرا مع عواصف رعدية", "غربية نشطة", "19", "11", "هائجا"),
        ("الثلاثاء", "صحوا ومائلا إلى البرودة", "شرقية جافة", "14", "5", "خفيف الموج"),
        ("الأربعاء", "مغبرا", "جنوبية شرقية مثيرة للأتربة", "33", "21", "مضطربا"),
        ("الخميس", "شديد الحرارة", "متقلبة الاتجاه", "43", "29", "ساكنا تقريبا"),
        ("الجمعة", "ضبابيا في ساعات الصباح", "ساكنة", "22", "13", "منخفض الموج"),
        ("عيد الفطر", "لطيفا", "بحرية رطبة", "25", "18", "معتدلا"),
        ("رأس السنة", "باردا مع احتمال تساقط الثلوج", "قطبية قوية", "7", "-2", "عالي الموج"),
    ],
    "heading": "حالة الطقس المتوقعة",
    "footer": "اقرأ أيضا: أسعار الخضار والفواكه في الأسواق المركزية",
    "edits": [("توخي الحذر", "القيادة بحذر"), ("المفصلة", "التفصيلية")],
    "dropped": (
        "وتجدون التوقعات المفصلة لكل محافظة على موقع الدائرة وفي تطبيقها على الهواتف المحمولة."),
}

ENGLISH_MARKET = {
    "name": "en-market",
    "template": (
        "The Harbour Exchange closed {0} on {1}, with its leading index {2} to {3} points. "
        "{4} led the winners, while {5} was the weakest share of the day. "
        "Turnover on the main floor came to {6} million crowns. "
        "Prices are those of the closing auction at half past five and do not include trades made "
        "by telephone after hours. The exchange publishes the full list of prices every evening, "
        "and "
        "corrections to it on the following morning before trading begins. Nothing in this report "
        "is "
        "advice to buy or to sell."),
    "facts": [
        ("higher", "Monday", "adding 0.8 percent", "4,512.30", "Ropewalk Shipping", "Lindale Foods",
         "318"),
        ("lower", "Tuesday", "giving up 1.4 percent", "4,449.13", "Abbot Water", "Northgate Steel",
         "402"),
        ("little changed", "Wednesday", "slipping 0.1 percent", "4,444.68", "Penrose Optics",
         "Halyard Insurance", "251"),
        ("sharply lower", "Thursday", "losing 3.9 percent", "4,271.34", "Goldfinch Mining",
         "Ropewalk Shipping", "877"),
        ("mixed", "Friday", "rising 0.3 percent", "4,284.15", "Tarn Hydro", "Castle Breweries",
         "365"),
        ("at a record", "2 March", "climbing 2.2 percent", "4,701.96", "Lindale Foods",
         "Orchard Telecom", "590"),
        ("down", "the last day of the quarter", "sinking 0.6 percent", "4,633.08",
         "Kestrel Airlines",
         "Goldfinch Mining", "1,204"),
        ("up", "Maundy Thursday", "gaining 1.1 percent", "4,395.77", "Halyard Insurance",
         "Marlow Chemicals", "144"),
        ("steady", "16 August", "adding less than 0.1 percent", "4,520.02", "Bluebell Care",
         "Kestrel Airlines", "97"),
        ("weaker", "New Year's Eve", "easing 0.4 percent", "4,810.50", "Northgate Steel",
         "Penrose Optics", "73"),
    ],
    "heading": "Markets: shares at the close",
    "footer": "Sign up for our evening letter to have the day's business news in one page.",
    "edits": [("leading index", "main index"), ("every evening", "each evening"),
              ("weakest", "poorest")],
    "dropped": (
        "The exchange publishes the full list of prices every evening, and corrections to it on "
        "the "
        "following morning before trading begins. "),
}

RUSSIAN_FOOTBALL = {
    "name": "ru-football",
    "template": (
        "Футболисты клуба «{0}» обыграли на своём поле команду «{1}» со счётом {2} в матче {3}-го "
        "тура "
        "чемпионата Приозёрной лиги. Победный мяч на {4}-й минуте забил {5}. "
        "Игру посмотрели {6} зрителей. "
        "Напомним, что в чемпионате участвуют шестнадцать команд, которые играют друг с другом по "
        "два "
        "раза, дома и в гостях. Две лучшие команды весной получат право выступать в высшем "
        "дивизионе, "
        "а две худшие покинут лигу. За победу начисляется три очка, за ничью одно. Обзор всех "
        "встреч "
        "тура областной телеканал покажет в воскресенье вечером сразу после выпуска новостей."),
    "facts": [
        ("Маяк", "Кузнец", "2:1", "3", "78", "Андрей Веселов", "4200"),
        ("Лесоруб", "Заря", "1:0", "3", "12", "Тимур Гаджиев", "1850"),
        ("Портовик", "Химик", "4:2", "5", "55", "Олег Паршин", "6720"),
        ("Кузнец", "Лесоруб", "3:0", "6", "31", "Виктор Дёмин", "2905"),
        ("Заря", "Портовик", "2:0", "8", "90", "Павел Струков", "3118"),
        ("Химик", "Маяк", "3:2", "9", "64", "Ренат Ибраев", "5040"),
        ("Ладога", "Кедр", "5:1", "11", "47", "Никита Сомов", "980"),
        ("Кедр", "Звезда", "2:1", "14", "83", "Глеб Арсеньев", "1377"),
        ("Звезда", "Ладога", "1:0", "17", "5", "Илья Крутов", "7450"),
    ],
    "heading": "Спорт. Чемпионат Приозёрной лиги",
    "footer": "При перепечатке ссылка на газету «Приозёрный вестник» обязательна.",
    "edits": [("Напомним", "Отметим"), ("лучшие команды", "сильнейшие команды")],
    "dropped": "За победу начисляется три очка, за ничью одно. ",
}

HINDI_OBITUARY = {
    "name": "hi-obituary",
    "template": (
        "{0} {1} का {2} को {3} में निधन हो गया। वे {4} वर्ष के थे। "
        "परिवार के सदस्यों ने बताया कि वे पिछले कुछ समय से बीमार चल रहे थे और अस्पताल में उनका "
        "इलाज हो रहा था। "
        "उन्हें {5} के लिए याद किया जाएगा। "
        "मुख्यमंत्री ने शोक व्यक्त करते हुए कहा कि उनका जाना समाज के लिए अपूरणीय क्षति है और दुख "
        "की इस घड़ी में "
        "सरकार शोक संतप्त परिवार के साथ खड़ी है। विधानसभा अध्यक्ष और विपक्ष के नेता ने भी "
        "श्रद्धांजलि अर्पित की। "
        "अंतिम संस्कार पूरे राजकीय सम्मान के साथ किया जाएगा।"),
    "facts": [
        ("वरिष्ठ कवि", "रामनारायण पाठक", "सोमवार", "भोपाल", "84", "उनके पाँच कविता संग्रहों"),
        ("पूर्व हॉकी खिलाड़ी", "गुरदीप सिंह ढिल्लों", "बुधवार", "जालंधर", "71",
         "ओलंपिक के निर्णायक गोल"),
        ("शास्त्रीय गायक", "विष्णु माधव जोशी", "12 मार्च", "पुणे", "90",
         "ठुमरी गायन की अनोखी शैली"),
        ("वैज्ञानिक", "सत्येन मुखर्जी", "शुक्रवार", "कोलकाता", "67", "चावल की नई किस्मों की खोज"),
        ("फिल्म निर्देशक", "अनवर हुसैन ज़ैदी", "रविवार", "मुंबई", "78",
         "गाँव की ज़िंदगी पर बनी फिल्मों"),
        ("समाजसेवी", "देवकीनंदन रावत", "5 अगस्त", "देहरादून", "95", "जंगल बचाने के आंदोलन"),
        ("इतिहासकार", "हरिशंकर त्रिवेदी", "शनिवार", "वाराणसी", "82",
         "मध्यकालीन व्यापार पर लिखी पुस्तकों"),
        ("पूर्व सांसद", "बलवंत राव पाटिल", "30 नवंबर", "नागपुर", "76", "किसानों की लंबी पदयात्रा"),
        ("चित्रकार", "नरेश कुमार मीणा", "गुरुवार", "उदयपुर", "59", "दीवारों पर बने विशाल चित्रों"),
    ],
    "heading": "शोक समाचार",
    "footer": "ताज़ा खबरों के लिए हमारे साथ बने रहें।",
    "edits": [("इलाज हो रहा", "उपचार चल रहा"), ("शोक व्यक्त करते", "दुख जताते")],
    "dropped": "विधानसभा अध्यक्ष और विपक्ष के नेता ने भी श्रद्धांजलि अर्पित की। ",
}

CHINESE_VISIT = {
    "name": "zh-visit",
    "template": (
        "{0}，市长{1}在市政大厅会见了来访的{2}。双方就{3}交换了意见，并签署了{4}。"
        "市长首先代表全市人民对客人的到来表示热烈欢迎，并介绍了本市近年来经济和社会发展的情况。他说，"
        "两地合作基础良好，前景广阔，希望双方以此次访问为契机，进一步加强往来，扩大交流，实现互利共赢。"
        "客人感谢市政府的热情接待，表示愿意为增进两地人民的友谊作出更大努力。市政府秘书长和有关部门负责人参加了会见。"),
    "facts": [
        ("3月4日上午", "陈立群", "挪威卑尔根港务局局长汉森一行", "海上风电设备运输", "港口合作备忘录"),
        ("星期二下午", "陈立群", "日本丰田町商工会会长山本健二", "老年人护理", "人才培训协议"),
        ("9月18日", "周敏", "巴西圣保罗州农业代表团", "大豆仓储和冷链物流", "三年采购合同"),
        ("昨天", "周敏", "埃及亚历山大大学校长法蒂玛", "考古与文物修复", "联合研究计划"),
        ("11月30日晚", "何建业", "新西兰羊毛协会主席威尔逊", "纺织品检验标准", "互认声明"),
        ("元旦前夕", "何建业", "德国汉诺威展览公司总经理施密特", "下一届工业博览会", "场馆租用意向书"),
        ("6月1日", "吴晓峰", "泰国清迈府尹颂猜", "直飞航线和旅游推广", "友好城市协定"),
        ("国庆节期间", "吴晓峰", "智利葡萄酒出口商联合会", "关税和通关时间", "仓库建设协议"),
        ("本周五", "林巧玉", "哈萨克斯坦铁路公司副总裁努尔兰", "中欧班列换装", "货运补充协议"),
    ],
    "heading": "市长会见外宾",
    "footer": "责任编辑：王芳。未经许可不得转载。",
    "edits": [("热烈欢迎", "诚挚欢迎"), ("热情接待", "周到安排")],
    "dropped": "市政府秘书长和有关部门负责人参加了会见。",
}

THAI_ROADWORKS = {
    "name": "th-roadworks",
    "template": (
        "กรมทางหลวงแจ้งปิดการจราจรบน{0} ช่วง{1} ตั้งแต่วันที่ {2} ถึงวันที่ {3} เวลา {4} น. "
        "เพื่อ{5} "
        "ผู้ใช้รถควรเผื่อเวลาเดินทางและใช้เส้นทางเลี่ยงตามป้ายที่เจ้าหน้าที่ติดตั้งไว้ "
        "รถบรรทุกหนักไม่สามารถผ่านได้ตลอดระยะเวลาก่อสร้าง "
        "ส่วนรถพยาบาลและรถดับเพลิงจะมีเจ้าหน้าที่อำนวยความสะดวกให้ "
        "กรมทางหลวงขออภัยในความไม่สะดวกมา ณ ที่นี้ "
        "หากมีข้อสงสัยสอบถามได้ที่สายด่วนกรมทางหลวงตลอดยี่สิบสี่ชั่วโมง"),
    "facts": [
        ("ถนนพหลโยธิน", "สะพานแดงถึงแยกตลาดเก่า", "3 มกราคม", "9 มกราคม", "22.00-04.00",
         "ซ่อมผิวถนน"),
        ("ถนนมิตรภาพ", "เขาใหญ่ถึงปากช่อง", "14 กุมภาพันธ์", "1 มีนาคม", "09.00-15.00",
         "วางท่อระบายน้ำ"),
        ("ถนนเพชรเกษม", "หัวหินถึงปราณบุรี", "20 มีนาคม", "25 เมษายน", "21.00-05.00",
         "ก่อสร้างสะพานลอยคนข้าม"),
        ("ทางหลวงหมายเลข 108", "ฮอดถึงแม่สะเรียง", "5 พฤษภาคม", "8 พฤษภาคม", "06.00-18.00",
         "เก็บดินที่ถล่มลงมา"),
        ("ถนนสุขุมวิท", "บางปูถึงคลองด่าน", "11 มิถุนายน", "30 กรกฎาคม", "23.00-05.00",
         "ย้ายเสาไฟฟ้า"),
        ("ถนนรามอินทรา", "กิโลเมตรที่แปดถึงมีนบุรี", "2 สิงหาคม", "19 กันยายน", "00.00-04.30",
         "ติดตั้งคานรถไฟฟ้า"),
        ("ทางหลวงหมายเลข 4", "ระนองถึงกระบุรี", "7 ตุลาคม", "12 ตุลาคม", "08.00-17.00",
         "ตัดต้นไม้ใหญ่ข้างทาง"),
        ("ถนนเชียงใหม่-ลำพูน", "หนองหอยถึงสารภี", "16 พฤศจิกายน", "17 พฤศจิกายน", "05.00-11.00",
         "จัดงานวิ่งมาราธอน"),
    ],
    "heading": "ประกาศปิดถนน",
    "footer": "ติดตามข่าวสารท้องถิ่นได้ทุกวันที่เว็บไซต์ของเรา",
    "edits": [("ควรเผื่อเวลา", "โปรดเผื่อเวลา"), ("อำนวยความสะดวกให้", "คอยดูแล")],
    "dropped": "กรมทางหลวงขออภัยในความไม่สะดวกมา ณ ที่นี้ ",
}

ARABIC_RATES = {
    "name": "ar-rates",
    "template": (
        "أعلن المصرف المركزي في نشرته الصادرة اليوم {0} أن سعر صرف الدولار بلغ {1} دنانير للشراء "
        "و{2} "
        "للبيع، مقابل {3} لليورو، في تعاملات {4}. "
        "ويحدد المصرف هذه الأسعار كل يوم عمل عند الساعة الثانية بعد الظهر على أساس متوسط ما تبلغه "
        "به "
        "المصارف التجارية وشركات الصرافة المرخصة، وتسري حتى صدور النشرة التالية. ولا تشمل الأسعار "
        "العمولات التي تتقاضاها المصارف من عملائها. ويذكّر المصرف المواطنين بأن التعامل بالعملات "
        "الأجنبية خارج المؤسسات المرخصة يعرّض صاحبه للمساءلة القانونية، ويدعو إلى الإبلاغ عن أي "
        "مخالفة على الرقم المجاني أو عبر البريد الإلكتروني المنشور على موقعه."),
    "facts": [
        ("الأحد 4 كانون الثاني", "3.41", "3.44", "3.87", "اتسمت بالهدوء"),
        ("الاثنين 12 شباط", "3.52", "3.56", "3.91", "شهدت طلبا كبيرا من المستوردين"),
        ("الثلاثاء 20 آذار", "3.60", "3.63", "4.02", "متقلبة بعد خفض الفائدة"),
        ("الأربعاء 7 نيسان", "3.58", "3.61", "4.11", "ضعيفة قبيل العطلة"),
        ("الخميس 29 أيار", "3.77", "3.82", "4.20", "هي الأعلى منذ عامين"),
        ("السبت 15 حزيران", "3.69", "3.73", "4.08", "قليلة الحجم"),
        ("الأحد 2 آب", "3.45", "3.49", "3.95", "سجلت تراجعا مفاجئا للدولار"),
        ("الاثنين 30 أيلول", "3.38", "3.40", "3.79", "ختام الربع الثالث"),
        ("الخميس 11 كانون الأول", "3.93", "3.97", "4.35", "هيمنت عليها المضاربات"),
    ],
    "heading": "أسعار العملات",
    "footer": "شاركونا آراءكم في التعليقات أسفل الصفحة.",
    "edits": [("ويذكّر", "وينبّه"), ("مخالفة", "تجاوز")],
    "dropped": "ولا تشمل الأسعار العمولات التي تتقاضاها المصارف من عملائها. ",
}

ENGLISH_VISIT = {
    "name": "en-visit",
    "template": (
        "The register of visitors at Carrow House shows that {0}, {1}, was received by {2} on {3} "
        "to "
        "talk about {4}. The register is published every month under the law on open government. "
        "It "
        "names everyone who entered the building on official business, except for members of "
        "staff, "
        "for workmen and for guests whose safety would be at risk. An entry does not mean that a "
        "decision was taken. Mistakes can be reported to the keeper of the register, who answers "
        "within ten working days. Earlier months can be read at the county archive or ordered as "
        "printed volumes for the price of the paper."),
    "facts": [
        ("Harriet Blom", "of the dairy farmers' league", "Secretary Okafor", "5 March",
         "milk quotas"),
        ("Desmond Achterberg", "chairman of Tarn Hydro", "Minister Lund", "9 March",
         "the second reservoir"),
        ("Yuki Tanabe", "a lawyer for three airlines", "Under-Secretary Price", "11 March",
         "landing fees at night"),
        ("Father Colm Geary", "parish priest of St Osyth", "the premier", "16 March",
         "a hostel for sailors"),
        ("Ilse Brandt", "who represents the tram drivers", "Minister Castellan", "20 March",
         "pensions"),
        ("Gurpreet Sandhu", "founder of a seed bank", "Secretary Vane", "24 March",
         "drought and wheat"),
        ("Noor Haddad", "editor of the Evening Beacon", "the speaker", "28 March",
         "seats for reporters"),
        ("Professor Emil Kost", "an expert on peat", "Commissioner Ferris", "30 March",
         "the burning of moorland"),
        ("Tobias Wren", "mayor of Saltmarsh", "Minister Oyelaran", "31 March",
         "the collapsed sea wall"),
    ],
    "heading": "Who came to Carrow House",
    "footer": "Read more of our reports on open government.",
    "edits": [("Mistakes", "Errors"), ("every month", "each month"), ("workmen", "tradesmen")],
    "dropped": "An entry does not mean that a decision was taken. ",
}

RUSSIAN_TRAIN = {
    "name": "ru-train",
    "template": (
        "Северная дорога сообщает, что поезд № {0} {1} {2} отправится с опозданием на {3} из-за "
        "{4}. "
        "Пассажиры, которые из-за задержки не успевают на пересадку, могут бесплатно переоформить "
        "билет "
        "на ближайший поезд того же направления в любой кассе дороги. Тем, кто отказывается от "
        "поездки, "
        "возвращается полная стоимость проезда, включая плату за постель. На вокзалах открыты "
        "комнаты "
        "ожидания, пассажирам с детьми выдают горячий чай и воду. Справки о движении поездов можно "
        "получить круглосуточно по единому телефону дороги, в мобильном приложении и у дежурных по "
        "станции. Дорога приносит пассажирам извинения за неудобства."),
    "facts": [
        ("41", "Вельск — Каргополь", "3 января", "два часа", "снежных заносов"),
        ("126", "Котлас — Печора", "17 февраля", "пятьдесят минут", "обрыва провода"),
        ("7", "Архангельск — Вологда", "9 марта", "семь часов", "схода грузовых вагонов"),
        ("380", "Няндома — Онега", "22 апреля", "четверть часа", "проверки путей"),
        ("93", "Воркута — Сосногорск", "1 июня", "полтора часа", "неисправности тепловоза"),
        ("254", "Шарья — Буй", "30 июля", "три часа", "лесного пожара"),
        ("18", "Ухта — Микунь", "12 сентября", "целые сутки", "размыва насыпи"),
        ("605", "Плесецк — Мирный", "5 ноября", "сорок минут", "болезни машиниста"),
        ("77", "Череповец — Шексна", "24 декабря", "шесть часов", "ледяного дождя"),
    ],
    "heading": "Поезд задержится",
    "footer": "Подпишитесь на нашу рассылку, чтобы узнавать новости первыми.",
    "edits": [("Справки", "Сведения"), ("горячий чай и воду", "горячий чай и печенье")],
    "dropped": "Дорога приносит пассажирам извинения за неудобства.",
}

FAMILIES = [ARABIC_TELEGRAM, ARABIC_WEATHER, ARABIC_RATES, ENGLISH_MARKET, ENGLISH_VISIT,
            RUSSIAN_FOOTBALL, RUSSIAN_TRAIN, HINDI_OBITUARY, CHINESE_VISIT, THAI_ROADWORKS]

# Sixteen sentences a language, of which articles are put together.
SENTENCES = {
    "ar": [
        "أعلنت بلدية الميناء عن افتتاح مكتبة عامة جديدة في الحي القديم بعد ثلاث سنوات من أعمال "
        "الترميم.",
        "قال مزارعون في سهل الوادي إن محصول الزيتون هذا العام أقل من نصف ما كان عليه في الموسم "
        "الماضي.",
        "عثر غواصون قبالة الجزيرة الصغيرة على حطام سفينة شراعية تحمل جرارا فخارية.",
        "تستعد مدارس الضواحي لاستقبال آلاف التلاميذ وسط نقص في الحافلات والمقاعد.",
        "فاز فريق من طلاب الهندسة بالجائزة الأولى عن جهاز يكشف تسرب الماء في الأنابيب.",
        "اشتكى تجار السوق المسقوف من ارتفاع الإيجارات وطالبوا بعقود طويلة الأجل.",
        "نفى متحدث باسم شركة الكهرباء وجود خطة لقطع التيار خلال شهر الصيام.",
        "احتفل سكان القرية بعودة اللقالق إلى أعشاشها فوق مئذنة الجامع الكبير.",
        "أوقفت الشرطة رجلين يشتبه في أنهما باعا تذاكر مزورة لحفل غنائي.",
        "دخلت عيادة متنقلة للأسنان الخدمة في المناطق الجبلية التي لا طبيب فيها.",
        "رفضت المحكمة الطعن الذي تقدم به صاحب المصنع ضد قرار إغلاقه.",
        "وصلت أول دفعة من القمح المستورد إلى الصوامع على ظهر باخرة يونانية.",
        "يقام معرض الخط العربي في قاعة المتحف حتى نهاية الشهر والدخول مجاني.",
        "تسبب عطل في برنامج الحجز بتأخر عشرات المسافرين في محطة القطار.",
        "كتبت الروائية الشابة روايتها الثانية في غرفة تطل على مقبرة السفن.",
        "يقول خبراء إن منسوب البحيرة انخفض مترا كاملا خلال عقد واحد.",
    ],
    "en": [
        "A retired ferry captain has opened a small museum of knots in the old customs house.",
        "The council voted to plant four hundred lime trees along the ring road before winter.",
        "Bakers say the price of butter has doubled since spring and that pastries will follow.",
        "A lorry carrying beehives overturned near the viaduct, and nobody could go near it for "
        "hours.",
        "Pupils at the village school measured the shadow of the church tower for an entire year.",
        "The orchestra will play without a conductor after a quarrel over the length of "
        "rehearsals.",
        "Engineers found a forgotten tunnel under the brewery while they were looking for a leak.",
        "The court ordered the landlord to repair the lift, which has stood still since January.",
        "Volunteers counted more otters in the upper river than at any time in thirty years.",
        "A librarian discovered a love letter from 1911 between the pages of an atlas.",
        "The night bus will stop on request from next month, a trial meant for women alone.",
        "Two brothers walked the whole length of the canal with a donkey and a borrowed tent.",
        "Doctors warn that the pollen season now begins before the snow has melted in the hills.",
        "The last shoemaker on Bridge Street is looking for an apprentice, and has had no answer.",
        "An auction of lighthouse lenses drew bidders from as far away as Tasmania.",
        "Fishermen want the seal colony moved, but biologists say it would simply swim back.",
    ],
    "ru": [
        "В краеведческом музее открылась выставка деревянных игрушек, собранных сельским учителем.",
        "Паром через залив не ходил двое суток из-за сломанного гребного винта.",
        "Жители улицы Садовой просят перенести контейнеры для мусора подальше от детской площадки.",
        "Учёные нашли на дне озера следы поселения, которому не меньше трёх тысяч лет.",
        "Районная больница получила передвижной рентгеновский аппарат и две машины скорой помощи.",
        "Пенсионерка вырастила на балконе лимон весом почти в килограмм.",
        "Суд обязал застройщика вернуть деньги семьям, которые пять лет ждут квартир.",
        "Грибники заблудились в тумане и вышли к железной дороге только на рассвете.",
        "Хор железнодорожников впервые выступит в консерватории с программой старинных песен.",
        "Цены на гречку выросли на треть, хотя урожай оказался лучше прошлогоднего.",
        "Школьники придумали кормушку, которую не могут разорить белки.",
        "Мост закроют на ремонт до осени, объезд пойдёт через посёлок Каменка.",
        "Режиссёр снимает фильм о почтальоне, доставлявшем письма на собаках.",
        "В зоопарке родился детёныш росомахи, посетителям его покажут летом.",
        "Депутаты отложили спор о тарифах на воду до следующего заседания.",
        "Аптеки области сообщают о нехватке капель для глаз и детского сиропа.",
    ],
    "hi": [
        "नगर निगम ने पुराने तालाब की सफाई का काम मानसून से पहले पूरा करने का वादा किया है।",
        "पहाड़ी गाँव की लड़कियों ने अपनी साइकिल मरम्मत की दुकान खोली है।",
        "रेलवे ने छोटी लाइन की आखिरी गाड़ी को संग्रहालय में रखने का फैसला किया।",
        "मंडी में प्याज की आवक घटने से दाम दो दिन में दोगुने हो गए।",
        "विश्वविद्यालय के छात्रों ने धूप से चलने वाली नाव नदी में उतारी।",
        "जंगल से भटका तेंदुआ स्कूल के मैदान में घुस आया, कोई घायल नहीं हुआ।",
        "अदालत ने ठेकेदार को टूटी सड़क दोबारा बनाने का आदेश दिया।",
        "बुनकरों की सहकारी समिति ने विदेश से मिला बड़ा ऑर्डर समय पर पूरा किया।",
        "डॉक्टरों का कहना है कि इस बार डेंगू के मरीज जल्दी आने लगे हैं।",
        "पुस्तक मेले में बच्चों की कहानियों की किताबें सबसे ज्यादा बिकीं।",
        "बिजली विभाग के कर्मचारी वेतन की माँग को लेकर धरने पर बैठ गए।",
        "किले की खुदाई में ताँबे के सिक्कों से भरा एक घड़ा मिला।",
        "डाकिये ने चालीस साल बाद वह चिट्ठी पहुँचाई जो दीवार के पीछे गिर गई थी।",
        "शहर की पहली महिला बस चालक ने बताया कि शुरू में लोग बैठने से डरते थे।",
        "मधुमक्खी पालन से इलाके के सौ से अधिक परिवारों की आमदनी बढ़ी है।",
        "झील पर आने वाले प्रवासी पक्षियों की गिनती अगले सप्ताह शुरू होगी।",
    ],
    "zh": [
        "老城区最后一家手工面馆本月底歇业，排队的顾客一直站到了桥头。",
        "研究人员在山洞里发现了一种从未记录过的盲鱼，身长不足三厘米。",
        "地铁公司说新车厢的座椅太滑，将在夏天之前全部更换。",
        "一名退休教师骑自行车走完了整条古运河，沿途画了两百幅速写。",
        "今年茶叶开采比往年早十天，茶农却担心雇不到采茶工。",
        "法院判决物业公司赔偿被掉落瓷砖砸坏的汽车。",
        "动物园的长颈鹿搬家，司机不得不绕开所有天桥。",
        "中学生设计的雨水收集装置获得全国发明比赛二等奖。",
        "渔民打捞上来一口清代铁锚，已经交给博物馆保管。",
        "夜市摊主抱怨新的垃圾分类规定让他们每晚多干一个小时。",
        "台风过后，岛上的邮局靠渔船运送了一个星期的信件。",
        "合唱团里年纪最大的成员九十三岁，仍然每周参加排练。",
        "气象专家解释了为什么湖面会在无风的早晨起波纹。",
        "图书馆决定不再收取逾期罚款，归还的旧书一下子多了起来。",
        "养蜂人说油菜花期太短，今年的蜂蜜产量可能减半。",
        "施工队挖断了光缆，半个城区的银行停业一天。",
    ],
    "th": [
        "ชาวประมงพื้นบ้านพบเต่าตนุวางไข่บนหาดที่ไม่เคยมีเต่าขึ้นมานานยี่สิบปี",
        "โรงเรียนเล็กบนดอยเปิดห้องสมุดที่สร้างจากตู้คอนเทนเนอร์เก่า",
        "ราคาทุเรียนตกลงครึ่งหนึ่งหลังด่านชายแดนหยุดรับสินค้า",
        "นักศึกษาประดิษฐ์เครื่องเตือนน้ำป่าที่ใช้พลังงานแสงอาทิตย์",
        "แม่ค้าตลาดน้ำขอให้เทศบาลซ่อมท่าเรือก่อนถึงฤดูท่องเที่ยว",
        "ช้างป่าสามตัวเดินเข้าไปในไร่อ้อยและกินเพลินจนเช้า",
        "ศาลสั่งให้โรงงานย้อมผ้าจ่ายค่าเสียหายแก่เจ้าของบ่อปลา",
        "วงดนตรีไทยของคนตาบอดออกแสดงต่างประเทศเป็นครั้งแรก",
        "แพทย์เตือนว่าฝุ่นควันปีนี้มาเร็วและหนากว่าปีก่อน",
        "คุณยายวัยแปดสิบเรียนจบมหาวิทยาลัยพร้อมหลานสาว",
        "นักโบราณคดีขุดพบเตาเผาสังคโลกใต้ลานจอดรถของวัด",
        "รถไฟขบวนพิเศษพานักท่องเที่ยวไปชมทุ่งดอกกระเจียว",
        "ธนาคารปิดสาขาในหมู่บ้าน ชาวบ้านจึงต้องเดินทางไปถึงตัวอำเภอ",
        "เด็กนักเรียนช่วยกันปลูกป่าชายเลนหลังคลื่นกัดเซาะชายฝั่ง",
        "ร้านกาแฟริมคลองให้ลูกค้าจ่ายค่าเครื่องดื่มด้วยขวดพลาสติก",
        "กรรมการตัดสินให้แข่งเรือยาวรอบชิงใหม่เพราะเส้นชัยขาด",
    ],
}

# One article, and thirty edits of it.
ARTICLE = (
    "The last paper mill on the river Arle will stop its machines at the end of May, after two "
    "hundred and six years. The owners told the workers on Tuesday that orders had fallen by half "
    "since the spring and that the price of wood pulp left them no choice. Seventy people will "
    "lose "
    "their jobs. The union wants to bargain about payments for those who have been with the mill "
    "for "
    "more than a decade, and has called a meeting for Thursday evening in the canteen. The mayor "
    "said "
    "that the news had hit the town hard and promised to look for a buyer. The mill made the "
    "paper for "
    "the county's school books, for hymnals and, during the war, for ration cards. Its tall "
    "chimney "
    "can be seen from the motorway. What will become of the buildings is open; some residents "
    "hope for "
    "flats, others for a museum. The water wheel, which still turns, is protected by law and will "
    "stay where it is.")
ARTICLE_EDITS = [
    ("The last paper mill", "The only paper mill"), ("will stop its machines",
     "will halt its machines"),
    ("at the end of May", "in the last days of May"), ("told the workers", "informed the workers"),
    ("had fallen by half", "had dropped by half"), ("since the spring", "since last spring"),
    ("the price of wood pulp", "the cost of wood pulp"), ("left them no choice", "left no choice"),
    ("Seventy people", "Some seventy people"), ("lose their jobs", "lose their work"),
    ("The union wants to bargain", "The union wishes to bargain"), ("payments for",
     "compensation for"),
    ("have been with the mill", "have worked at the mill"), ("more than a decade", "over a decade"),
    ("has called a meeting", "has convened a meeting"), ("Thursday evening", "Thursday night"),
    ("in the canteen", "at the canteen"), ("had hit the town hard", "was a blow to the town"),
    ("promised to look for", "undertook to look for"), ("a buyer", "an investor"),
    ("The mill made the paper", "The mill produced the paper"), ("school books", "schoolbooks"),
    ("during the war", "in wartime"), ("Its tall chimney", "Its high chimney"),
    ("can be seen", "is visible"), ("What will become of", "What happens to"),
    ("is open", "is unclear"), ("some residents hope", "some neighbours hope"),
    ("which still turns", "which turns to this day"), ("is protected by law",
     "is a listed monument"),
]

# Reports of one office for every quarter: a month is all that tells those of one year apart, and
# the crawl is full of months. With an edit of what is always the same, a common word for another.
QUARTERLY = [{
    "name": "en-quarterly",
    "template": (
        "The river office has gone through the report on the state of the dikes that was submitted "
        "in {month} {year}, and finds that the works along the lower course are sound enough for "
        "the season to come. It has also heard the mayors of the villages on both banks, who asked "
        "that the sluices be opened earlier and that the towpath be mended where carts have worn "
        "it down. The office takes note of their wishes, because the water must first be measured "
        "at the old bridge, and will answer in writing. Until then the rules for boats and nets "
        "stay as they are, and whoever breaks them pays the fine that hangs beside the lock."),
    "months": ["January", "April", "July", "October"],
    "edit": ("because the water", "since the water"),
}, {
    "name": "ar-quarterly",
    "template": (
        "اطلعت دائرة النهر على التقرير الخاص بحالة السدود الترابية الذي رفع إليها في {month} {year}، "
        "ووجدت أن الأعمال المنجزة على امتداد المجرى الأدنى متينة بما يكفي للموسم القادم. واستمعت "
        "الدائرة كذلك إلى رؤساء القرى الواقعة على الضفتين، وقد طلبوا فتح البوابات قبل موعدها وإصلاح "
        "الطريق المحاذي للماء حيث أتلفته العربات. وأخذت الدائرة علما برغباتهم، لأن المنسوب يجب أن "
        "يقاس أولا عند الجسر القديم، وستجيب عنها كتابة. وحتى ذلك الحين تبقى أحكام القوارب والشباك على "
        "حالها، ومن خالفها دفع الغرامة المعلقة بجانب الهويس."),
    "months": ["يناير", "أبريل", "يوليو", "أكتوبر"],
    "edit": ("علما برغباتهم", "علما بمطالبهم"),
}]

# Texts of a dozen words: with a word edited at an end, with a word edited in the middle, with facts
# changed within, and with a fact changed at the end.
SHORT_COPIES = [
    ("The swimming baths in Mill Lane will stay closed until the boiler is repaired.",
     "The swimming baths in Mill Lane will stay closed until the boiler is mended."),
    ("Nobody was hurt when a tram left the rails near the opera last night.",
     "None was hurt when a tram left the rails near the opera last night."),
    ("Farmers along the coast expect the best cherry harvest in twenty years or more.",
     "Growers along the coast expect the best cherry harvest in twenty years or more."),
    ("Tonight the old cinema opens again with a silent film and a live pianist.",
     "This evening the old cinema opens again with a silent film and a live pianist."),
]
SHORT_MIDDLES = [
    ("The swimming baths in Mill Lane will stay closed until the boiler is repaired.",
     "The swimming baths in Mill Lane will remain closed until the boiler is repaired."),
    ("Farmers along the coast expect the best cherry harvest in twenty years or more.",
     "Farmers along the coast expect the finest cherry harvest in twenty years or more."),
]
SHORT_FORMULAS = [
    ("Flight 218 from Oslo landed at 14:05 at gate nine, ten minutes late.",
     "Flight 730 from Cairo landed at 21:40 at gate two, ten minutes late."),
    ("The court in Dunmere sentenced Paul Arkwright to four years for arson on Monday.",
     "The court in Dunmere sentenced Lena Stross to nine months for theft on Monday."),
    ("Sunrise today at 5:48, sunset at 20:31, high water in the harbour at noon.",
     "Sunrise today at 7:12, sunset at 16:55, high water in the harbour at noon."),
]
SHORT_ENDS = [
    ("The winner of the regional prize for short stories this year is Marta Quill.",
     "The winner of the regional prize for short stories this year is Idris Bowen."),
    ("The ferry to the outer islands does not sail because of fog on Tuesday.",
     "The ferry to the outer islands does not sail because of fog on Sunday."),
    ("The number of patients in the county hospital with influenza rose yesterday to 212.",
     "The number of patients in the county hospital with influenza rose yesterday to 48."),
]


# Crawls ----------------------------------------------------------------------------------------

#: Multiplication in the field of four elements, whose addition is XOR.
TIMES = [[0, 0, 0, 0], [0, 1, 2, 3], [0, 2, 3, 1], [0, 3, 1, 2]]

#: Twenty lines of four points in a plane of sixteen, of which two share one point at the most.
LINES = [[4 * x + (TIMES[slope][x] ^ at) for x in range(4)] for slope in range(4)
         for at in range(4)] + [[4 * x + y for y in range(4)] for x in range(4)]


def background(language, joint=" "):
    """Twenty articles of four sentences, of which two share one sentence at the most."""
    sentences = SENTENCES[language]
    return {f"{language}-other-{i}": joint.join(sentences[at] for at in line)
            for i, line in enumerate(LINES)}


def other_articles():
    """A hundred and twenty of them, in six languages."""
    out = {}
    for language in SENTENCES:
        out.update(background(language, "" if language == "zh" else " "))
    return out


def members(family):
    """Texts with different facts, by name."""
    return {f"{family['name']}-{i}": family["template"].format(*facts)
            for i, facts in enumerate(family["facts"])}


def copies(family):
    """Copies of three members: {name of the copy: (name of the member, text)}."""
    name = family["name"]
    first, second, third = (family["template"].format(*facts) for facts in family["facts"][:3])
    for old, new in family["edits"]:
        second = second.replace(old, new)
    shorter = family["template"].replace(family["dropped"], "").format(*family["facts"][2])
    assert third != shorter
    return {
        f"{name}-0-framed": (f"{name}-0", family["heading"] + "\n" + first + "\n"
                             + family["footer"]),
        f"{name}-1-edited": (f"{name}-1", second),
        f"{name}-2-shorter": (f"{name}-2", family["heading"] + "\n" + shorter),
    }


def shuffled(seed, texts):
    documents = [{"id": name, "text": text} for name, text in texts.items()]
    random.Random(seed).shuffle(documents)
    return documents


FIRST_NAMES = ("Agnes Bertram Clara Dunstan Edith Fergus Greta Hugo Imogen Jasper Kirsten Leopold "
               "Maud Nigel Olive Percy Quentin Rosalind Stanley Thea").split()
LAST_NAMES = ("Ashdown Birkett Copley Dunmore Elphick Farrow Gaskell Hartnoll Inchbald Jessop "
              "Kemble Lockyer Mallard Nettleton Oakshott Pargeter Quill Ransome Stapleton "
              "Thistle").split()
POSTS = ["harbour master", "chief librarian", "inspector of bridges", "head gardener",
         "director of the swimming baths", "town archivist", "keeper of the clock tower",
         "principal of the music school", "surveyor of footpaths", "warden of the night shelter",
         "curator of the herbarium", "manager of the covered market"]
MONTHS = ("January February March April May June July August September October November "
          "December").split()
REASONS = ["who retires after {0} years", "who has moved to the county after {0} years",
           "who died in office in the {0}th year of service",
           "whose contract of {0} years was not renewed", "who asked for leave after {0} years"]


def appointment(rng, first, last):
    """A notice of some thirty words that differ and eighty that are always the same."""
    before = f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}"
    reason = rng.choice(REASONS).format(rng.randrange(4, 40))
    return (f"The town council of Wexcombe has named {first} {last}, {rng.randrange(28, 64)}, as "
            f"{rng.choice(POSTS)} from {rng.randrange(1, 29)} {rng.choice(MONTHS)}. "
            f"The post was held by {before}, {reason}. "
            f"There were {rng.randrange(3, 90)} applicants. "
            "Appointments are made by the council on the advice of its committee for staff and are "
            "for five years, after which the post is advertised again. The salary follows the "
            "county's table. Objections may be sent in writing to the town clerk within fourteen "
            "days of this notice, and are read out at the next open meeting of the council.")


def several_edits(notice):
    """What an editor with a style of his own makes of what is always the same."""
    for old, new in (("has named", "named"), ("is advertised again", "is advertised anew"),
                     ("may be sent", "can be sent"),
                     ("at the next open meeting", "at its next open meeting")):
        notice = notice.replace(old, new)
    return notice


def appointments(seed, count):
    """That many notices, each of another person."""
    rng = random.Random(seed)
    people = [(first, last) for first in FIRST_NAMES for last in LAST_NAMES]
    rng.shuffle(people)
    return {f"notice-{i}": appointment(rng, *person) for i, person in enumerate(people[:count])}


class FormulaCase(Case):
    """Which texts are of one kind is told by `member_of`: the text whose facts they tell."""

    def setUp(self):
        super().setUp()
        self.member_of = {}

    def cluster(self, documents, *arguments):
        self.dedup(self.write_documents("in.jsonl", documents), "--pairs", "--overwrite",
                   *arguments)
        place = {d["id"]: d["id"] for d in documents}
        for cluster in self.lines("clusters.jsonl"):
            place.update({m["id"]: cluster["cluster"] for m in cluster["members"]})
        return place

    def told_by(self, name):
        return self.member_of.get(name, name)

    def check(self, documents, *arguments):
        """Clusters the documents; copies are to end together, and all else apart."""
        place = self.cluster(documents, *arguments)
        pairs = {frozenset((p["id_a"], p["id_b"])): p for p in self.lines("pairs.jsonl")}

        def seen(a, b):
            return pairs.get(frozenset((a, b)), "not in pairs.jsonl")

        by_place = {}
        for name, representative in place.items():
            by_place.setdefault(representative, []).append(name)
        joined = [(a, b, seen(a, b)) for group in by_place.values()
                  for a, b in itertools.combinations(sorted(group), 2)
                  if self.told_by(a) != self.told_by(b)]
        parted = [(copy, member, seen(copy, member)) for copy, member in self.member_of.items()
                  if place[copy] != place[member]]
        wrong = [p for p in pairs.values()
                 if (p["relation"] == "formula") == (self.told_by(p["id_a"])
                                                     == self.told_by(p["id_b"]))]
        with self.subTest("different facts are in different clusters", arguments=arguments):
            self.assertEqual(joined, [], report(joined))
        with self.subTest("copies are in the cluster of their original", arguments=arguments):
            self.assertEqual(parted, [], report(parted))
        with self.subTest("the relation says which is which", arguments=arguments):
            self.assertEqual(wrong, [], report(wrong))
        formulas = [p for p in pairs.values() if p["relation"] == "formula"]
        for pair in formulas:
            self.assertEqual(set(pair["reason"]), {"substituted", "rarity", "rare_share", "missing",
                                                   "numbers", "slots", "only_a", "only_b",
                                                   "shared"})
        self.check_words(formulas, {d["id"]: d["text"] for d in documents})
        return formulas

    def check_words(self, formulas, texts):
        """What a reason quotes stands in its text, as it is written there."""
        for pair in formulas:
            a, b, reason = texts[pair["id_a"]], texts[pair["id_b"]], pair["reason"]
            for own, quoted in ((a, reason["only_a"]), (b, reason["only_b"])):
                self.assertLessEqual(len(quoted), 6)
                for word in quoted:
                    self.assertIn(word, own)
            self.assertTrue(reason["only_a"] or reason["only_b"], pair)
            self.assertNotEqual(set(reason["only_a"]), set(reason["only_b"]) or None, pair)
            self.assertTrue(reason["shared"] in a or reason["shared"] in b, pair)
            self.assertNotEqual(reason["shared"], "", pair)


def report(found):
    return f"{len(found)} found:\n" + "\n".join(str(f) for f in found[:20])


# Tests -----------------------------------------------------------------------------------------

LOOSE = ["--threshold", "0.3", "--containment", "0.5"]


class SixLanguages(FormulaCase):
    """Ten families, three copies in each, and a hundred and twenty articles by themselves."""

    def setUp(self):
        super().setUp()
        self.texts = other_articles()
        for family in FAMILIES:
            self.texts.update(members(family))
            for name, (member, text) in copies(family).items():
                self.texts[name] = text
                self.member_of[name] = member
        self.documents = shuffled(1, self.texts)

    def test_the_crawl_is_what_it_claims_to_be(self):
        self.assertGreater(len(self.texts), 200)
        self.assertEqual(len(set(self.texts.values())), len(self.texts))
        for family in FAMILIES:
            for facts in itertools.combinations(family["facts"], 2):
                different = sum(a != b for a, b in zip(*facts))
                self.assertGreaterEqual(different, 3, facts)

    def test_at_the_defaults(self):
        formulas = self.check(self.documents)
        self.assertGreater(len(formulas), 100)

    def test_at_low_thresholds(self):
        formulas = self.check(self.documents, *LOOSE)
        families = {p["id_a"].rsplit("-", 1)[0] for p in formulas
                    if p["id_a"].count("-") == 2}
        self.assertEqual(families, {family["name"] for family in FAMILIES})

    def test_the_order_of_the_crawl_does_not_matter(self):
        # Which pairs are proposed may depend on it a little, and rarity in its third digit; what a
        # pair is may not.
        def relations():
            return {frozenset((p["id_a"], p["id_b"])): p["relation"]
                    for p in self.lines("pairs.jsonl")}
        self.cluster(self.documents)
        before = relations()
        for seed in (2, 3):
            self.cluster(shuffled(seed, self.texts))
            after = relations()
            self.assertEqual([(sorted(pair), before[pair], after[pair])
                              for pair in before.keys() & after.keys()
                              if before[pair] != after[pair]], [])

    def test_on_request_formulas_are_clustered_as_copies_are(self):
        apart = set(self.cluster(self.documents).values())
        together = set(self.cluster(self.documents, "--keep-formula", "on").values())
        self.assertLess(len(together), len(apart))
        self.assertEqual([p for p in self.lines("pairs.jsonl") if p["relation"] == "formula"], [])


class HardCrawls(FormulaCase):
    def test_ten_documents(self):
        """Hardly anything is known of what is common; that does not make a telegram to Finland a
        copy of one to Ghana, nor an edited text news."""
        for family in FAMILIES:
            with self.subTest(family["name"]):
                name = family["name"]
                language = name[:2]
                others = list(background(language, "" if language == "zh" else " ").items())[:6]
                texts = dict(others)
                texts.update((k, v) for k, v in members(family).items()
                             if k in (f"{name}-0", f"{name}-4"))
                # The copies are of an article by itself.
                article = (" " if language != "zh" else "").join(SENTENCES[language][:9])
                texts["article"] = article
                texts["copy"] = family["heading"] + "\n" + article
                self.member_of = {"copy": "article"}
                self.check(shuffled(4, texts))

    def test_a_crawl_of_nothing_but_one_template(self):
        """Three hundred people were appointed. All stay, and the copies of forty notices go."""
        texts = appointments(5, 300)
        for i in range(40):
            text = texts[f"notice-{i}"]
            edited = [
                "Town news\n" + text + "\nMore notices are on page four.",
                text.replace("on the advice of its committee", "as advised by its committee"),
                text.replace(" The salary follows the county's table.", ""),
                several_edits(text),
            ][i % 4]
            self.assertNotEqual(text, edited)
            texts[f"copy-{i}"] = edited
            self.member_of[f"copy-{i}"] = f"notice-{i}"
        self.check(shuffled(6, texts))
        self.assertGreater(len(self.check(shuffled(6, texts), *LOOSE)), 1000)

    def test_a_crawl_of_nothing_but_copies(self):
        """Thirty papers print one article, each with two edits of its own. That is one article: one
        cluster, and one text is kept."""
        texts = {"edition-0": ARTICLE}
        for i, (old, new) in enumerate(ARTICLE_EDITS):
            also_old, also_new = ARTICLE_EDITS[(i + 7) % len(ARTICLE_EDITS)]
            self.assertIn(old, ARTICLE)
            texts[f"edition-{i + 1}"] = ARTICLE.replace(old, new).replace(also_old, also_new)
            self.member_of[f"edition-{i + 1}"] = "edition-0"
        self.assertEqual(len(set(texts.values())), 31)
        self.check(shuffled(7, texts))

    def test_two_members_of_a_family_among_two_hundred_others(self):
        """What two texts share stands nowhere else, as in a copy; the facts alone tell them
        apart."""
        others = other_articles()
        rng = random.Random(8)
        for i in range(len(others), 200):
            others[f"other-{i}"] = " ".join(words(rng, rng.randrange(40, 120)))
        for family in FAMILIES:
            if family["name"] == "hi-obituary":
                continue  # its facts stand in front, and ends do not count
            with self.subTest(family["name"]):
                texts = dict(others)
                texts.update(list(members(family).items())[3:5])
                self.check(shuffled(9, texts))
        with self.subTest("notices"):
            self.check(shuffled(9, {**others, **appointments(10, 2)}))


class Renewals(FormulaCase):
    """A notice that is issued again every year: the number of the year and the day are all that
    differs."""

    def test_last_years_notice_is_no_copy_of_this_years(self):
        rng = random.Random(21)
        body = words(rng, 160)
        texts = {}
        for year in range(2019, 2025):
            fact = [str(year), str(rng.randrange(1, 29)), str(rng.randrange(1000, 9999))]
            parts = [body[:40], fact[:1], body[40:90], fact[1:2], body[90:130], fact[2:], body[130:]]
            texts[f"notice-{year}"] = " ".join(" ".join(part) for part in parts)
            shown = texts[f"notice-{year}"].replace(body[60], "edited")
            texts[f"notice-{year}-again"] = shown
        for n in range(40):
            texts[f"other-{n}"] = " ".join(words(rng, 150))
        self.dedup(self.write_documents("in.jsonl", shuffled(22, texts)))
        clusters = [sorted(m["id"] for m in c["members"]) for c in self.lines("clusters.jsonl")]
        self.assertEqual(sorted(clusters), [[f"notice-{year}", f"notice-{year}-again"]
                                            for year in range(2019, 2025)])


class CommonSlots(FormulaCase):
    """What stands in the one slot of a template may be as common as any word. Members that differ
    in a number too teach the crawl that there stands a fact."""

    def crawl(self, family, years):
        months, (old, new) = family["months"], family["edit"]
        texts = {}
        for year in years:
            for month in months:
                name = f"{family['name']}-{year}-{months.index(month)}"
                texts[name] = family["template"].format(month=month, year=year)
                self.assertIn(old, texts[name])
                texts[f"{name}-edited"] = texts[name].replace(old, new)
                self.member_of[f"{name}-edited"] = name
        language = family["name"][:2]
        for i, (name, text) in enumerate(background(language).items()):
            texts[name] = f"{text} {' '.join(months[i % 2:])} {old} {new}."
        return texts

    def test_a_common_word_in_a_slot_is_a_fact_and_elsewhere_an_edit(self):
        for family in QUARTERLY:
            with self.subTest(family["name"]):
                self.member_of = {}
                texts = self.crawl(family, range(2015, 2019))
                formulas = self.check(shuffled(31, texts))
                by_slots = [p for p in formulas if p["reason"]["numbers"] == 0]
                self.assertGreater(len(by_slots), 20)
                for pair in by_slots:
                    self.assertEqual(pair["reason"]["slots"], 1, pair)
                    self.assertLess(pair["reason"]["substituted"], .05 * .35, "too little by itself")

    def test_all_threads_and_any_memory_find_the_same_slots(self):
        texts = {}
        for family in QUARTERLY:
            texts.update(self.crawl(family, range(2010, 2022)))
        documents = shuffled(32, texts)
        self.cluster(documents, "--threads", "1")
        first = self.lines("pairs.jsonl")
        self.cluster(documents, "--threads", "2", "--memory", "16M")
        self.assertEqual(self.lines("pairs.jsonl"), first)


class ShortTexts(FormulaCase):
    """Texts of a dozen words. A word changed in the middle changes five of their eight shingles, so
    that only what changes near an end is a pair at all."""

    def setUp(self):
        super().setUp()
        self.others = background("en")

    def test_a_word_edited_in_the_middle_leaves_too_little(self):
        # By the definition that is no pair at the default thresholds, copy or not; the tool keeps
        # both. Where it is a pair, one word of a dozen is as likely news as an edit, so that no
        # expectation stands for lower thresholds.
        texts = {f"short-{i}-{j}": text for i, pair in enumerate(SHORT_MIDDLES)
                 for j, text in enumerate(pair)}
        self.check(shuffled(10, {**self.others, **texts}))
        self.assertEqual(self.lines("pairs.jsonl"), [])

    def test_a_word_edited_at_an_end_leaves_a_copy(self):
        # What an editor does at the beginning or the end of a short text.
        texts = {}
        for i, (text, other) in enumerate(SHORT_COPIES):
            self.assertTrue(10 <= len(text.split()) <= 14)
            texts[f"short-{i}"], texts[f"short-{i}-edited"] = text, other
            self.member_of[f"short-{i}-edited"] = f"short-{i}"
        self.check(shuffled(11, {**self.others, **texts}))

    def test_facts_changed_within_a_short_text_make_a_formula(self):
        # A dozen words are too few to share more than half of their shingles when two facts differ
        # within: whether the pair is listed or not, the texts stay apart.
        texts = {f"short-{i}-{j}": text for i, pair in enumerate(SHORT_FORMULAS)
                 for j, text in enumerate(pair)}
        self.check(shuffled(12, {**self.others, **texts}))

    def test_a_fact_changed_at_the_very_end_is_not_seen(self):
        # What differs at the ends of texts does not count, for copies are given other datelines and
        # footers; where a dozen words differ in nothing else, they are taken for copies.
        # docs/quality.md names this limit.
        texts = {f"short-{i}-{j}": text for i, pair in enumerate(SHORT_ENDS)
                 for j, text in enumerate(pair)}
        self.dedup(self.write_documents("in.jsonl", shuffled(13, {**self.others, **texts})))
        self.assertEqual(len(self.lines("clusters.jsonl")), len(SHORT_ENDS))


if __name__ == "__main__":
    unittest.main()
