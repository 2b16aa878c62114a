#!/usr/bin/env python3
"""Writes the probes: small changes to invented articles, and pages of a form, in a small crawl.

    bench/peers/probes.py OUT.jsonl PROBES.tsv

PROBES.tsv has a line for each pair: what was done, the language, the two ids, and whether the two
should end in one cluster (1) or not (0). All texts here were written for this. Around them stands
a crawl of articles in invented words and more pages of the same forms, since what is common in a
crawl can only be told from a crawl. The same bytes come out every time.
"""
import json
import random
import sys

# Three paragraphs a language, of news that never happened.
ARTICLES = {
    "en": """The harbour of Ellensmouth reopened on Tuesday after divers had spent nine days clearing the wreck of a dredger that sank across the main channel during the spring gales. The first vessel to pass was a grain carrier bound for the southern islands, greeted by a small crowd on the breakwater and by the horns of the fishing boats.

The port authority said that forty ships had been kept waiting outside the bar, and that the cost to local merchants would not be known for several weeks. Fishermen complained that the buoys marking the narrow detour had been badly lit, and two trawlers had run aground on the sandbank without injury to their crews.

An inquiry led by a retired judge will ask why the dredger left its berth despite a warning from the weather office. Its owner, a family company from the upper valley, has promised to hand over the logbooks and to pay for the repair of the lighthouse jetty that the drifting hull struck before it went down.""",
    "ar": """أعلنت بلدية وادي الريحان أمس افتتاح الجسر الحجري القديم أمام المشاة بعد أعمال ترميم استمرت ثلاث سنوات شارك فيها بناؤون من القرى المجاورة. وسار في مقدمة الموكب أكبر سكان الحي سنا وهو نجار متقاعد كان قد شهد في طفولته الفيضان الذي هدم القوس الأوسط من الجسر.

وقال مهندس المشروع إن الحجارة نقلت من المقلع نفسه الذي استخدمه البناؤون الأوائل وإن الملاط خلط وفق وصفة وجدت في دفتر محفوظ لدى إحدى العائلات. وأضاف أن الجسر لن يفتح أمام السيارات وأن طريقا جديدا سيشق شرق السوق لنقل البضائع إلى الميناء النهري خلال العام المقبل.

وعبر تجار السوق عن ارتياحهم لعودة الزوار غير أن بعضهم طالب بمواقف للحافلات عند مدخل البلدة وبإنارة الضفة الغربية ليلا. ووعد رئيس البلدية بعرض هذه المطالب على المجلس في جلسته القادمة وبنشر حسابات الترميم كاملة في لوحة الإعلانات أمام مبنى البلدية.""",
    "fr": """Le dernier atelier de soufflage de verre de Montberlieu a rallumé son four vendredi, six mois après l'incendie qui avait détruit la toiture et une partie des moules anciens. Les apprentis avaient passé l'hiver à trier les débris, à redresser les outils et à recopier les carnets du fondateur avant que l'humidité ne les efface.

La directrice a rappelé que la reconstruction avait été financée par une souscription ouverte dans toute la vallée, à laquelle plus de deux mille familles ont participé. Une fenêtre de la mairie portera leurs noms, gravés à la main, et le premier vase sorti du four sera tiré au sort lors de la fête des moissons.

Les voisins demandent toutefois que la cheminée soit rehaussée, car les fumées gênent l'école lorsque le vent tourne au nord. Un bureau d'études doit remettre ses conclusions avant la rentrée, et la commune s'est engagée à suivre son avis même si le chantier devait retarder la réouverture de la boutique.""",
    "ru": """Жители посёлка Верхняя Елань в субботу впервые за двадцать лет проводили в рейс пассажирский катер, который будет ходить до районного центра трижды в неделю. Судно собрали на местной верфи из двух списанных барж, а двигатель подарил рыболовецкий колхоз соседней области, закрывшийся прошлой осенью.

Капитан рассказал, что самым трудным оказалось не строительство, а получение разрешений: бумаги четыре раза возвращали из столицы из-за ошибок в чертежах рулевого устройства. Помог бывший инспектор речного флота, который вышел на пенсию и поселился неподалёку, чтобы выращивать яблони и писать воспоминания.

Билет стоит недорого, однако школьников и врачей обещали возить бесплатно. Осенью, когда по реке пойдёт лёд, катер поставят в затон, и связь с районом снова будет держаться на старой лесной дороге, которую лесозаготовители разбили тяжёлыми машинами и до сих пор не привели в порядок.""",
    "es": """La biblioteca ambulante de la sierra de Almoreda volvió ayer a los pueblos altos con un camión nuevo, después de que el anterior quedara inservible al caer una roca sobre el puente de los pastores. Los vecinos recibieron a la conductora con pan recién hecho y con tres cajas de novelas que habían guardado durante el invierno.

El servicio lleva libros, recetas del médico y cartas a doce aldeas donde no llega el autobús, y según la asociación que lo mantiene cada familia pide cuatro libros al mes. Los más solicitados son los cuentos de aventuras y los manuales para injertar frutales, seguidos de una historia de la comarca escrita por un maestro.

La diputación ha prometido asfaltar el último tramo antes de las lluvias, aunque los pastores temen que la obra corte el paso del ganado en plena bajada. Una comisión de los dos valles se reunirá el lunes para acordar las fechas y decidir quién cuidará de las fuentes que quedan junto al camino.""",
    "tr": """Kızılpınar kasabasında yıllardır kapalı duran su değirmeni, gençlerin kurduğu bir kooperatifin çabasıyla geçen hafta yeniden buğday öğütmeye başladı. Değirmenin taşlarını köyün son ustası elleriyle bileyledi, çarkın kırık kanatlarını ise marangozlar okulunun öğrencileri meşe ağacından yeniden yaptı.

Kooperatif başkanı, ilk çuvalların unundan yapılan ekmeklerin kasabanın yaşlılarına dağıtıldığını, kalan unun da pazar yerinde satılacağını söyledi. Gelirin bir bölümüyle dere yatağı temizlenecek, bir bölümüyle de çocukların yaz boyunca kuşları izleyebileceği ahşap bir gözetleme kulesi kurulacak.

Bazı çiftçiler suyun değirmene çevrilmesinin bahçelerini kurutacağından endişe ediyor ve sulama saatlerinin yeniden düzenlenmesini istiyor. Kaymakamlık iki tarafı önümüzdeki çarşamba günü bir araya getirecek; toplantıya suyu ölçen mühendisler ile vadinin yukarısındaki köylerin muhtarları da katılacak.""",
}

DATELINES = {
    "en": "ELLENSMOUTH, 12 March (Coastline News) — ",
    "ar": "وادي الريحان، 12 آذار (وكالة أنباء الساحل) — ",
    "fr": "MONTBERLIEU, 12 mars (Agence du Littoral) — ",
    "ru": "ВЕРХНЯЯ ЕЛАНЬ, 12 марта (Агентство Побережье) — ",
    "es": "ALMOREDA, 12 de marzo (Agencia del Litoral) — ",
    "tr": "KIZILPINAR, 12 Mart (Kıyı Haber Ajansı) — ",
}

# A form a language, filled with a place, a day of the month, and two numbers; the places are invented.
FORMS = {
    "en": "The regional weather office announces that a period of unsettled conditions is expected over {0} from the evening of the {1}th, with moderate to fresh winds from the west, gusts of up to {2} kilometres an hour on exposed ground and scattered showers that may turn to hail above the tree line. Temperatures at night will fall to {3} degrees. Drivers are asked to take particular care on bridges and mountain roads, to keep away from swollen streams and to follow the instructions of the civil protection service. The next bulletin will be issued tomorrow at six in the morning.",
    "ar": "أعلنت مديرية الأرصاد الجوية أن حالة من عدم الاستقرار متوقعة في {0} اعتبارا من مساء يوم {1} من الشهر الجاري وتكون الرياح غربية معتدلة إلى نشطة السرعة وتصل هباتها إلى {2} كيلومترا في الساعة في المناطق المكشوفة مع زخات متفرقة من المطر قد تتحول إلى بَرَد فوق المرتفعات وتنخفض الحرارة ليلا إلى {3} درجات. وتدعو المديرية السائقين إلى توخي الحذر على الجسور والطرق الجبلية وإلى الابتعاد عن مجاري السيول والتقيد بتعليمات الدفاع المدني كما تدعو المزارعين إلى تغطية البيوت الزراعية وحماية المواشي من البرد والصقيع وإلى متابعة ما يصدر عنها من تحديثات وتصدر النشرة المقبلة غدا في السادسة صباحا.",
    "fr": "Le service météorologique régional annonce qu'une période de temps instable est attendue sur {0} à partir du {1} au soir, avec des vents d'ouest modérés à assez forts, des rafales pouvant atteindre {2} kilomètres à l'heure sur les hauteurs exposées et des averses éparses qui peuvent tourner à la grêle au-dessus de la limite des arbres. Les températures nocturnes descendront à {3} degrés. Les automobilistes sont invités à redoubler de prudence sur les ponts et les routes de montagne, à s'éloigner des cours d'eau en crue et à suivre les consignes de la protection civile. Le prochain bulletin paraîtra demain à six heures.",
    "ru": "Региональная метеорологическая служба сообщает, что период неустойчивой погоды ожидается в районе {0} с вечера {1} числа текущего месяца, ветер западный, умеренный до сильного, порывы на открытых местах до {2} километров в час, местами ливни, которые выше границы леса могут перейти в град. Ночью температура понизится до {3} градусов. Водителей просят соблюдать особую осторожность на мостах и горных дорогах, держаться подальше от вышедших из берегов рек и выполнять указания службы гражданской защиты. Следующий бюллетень будет опубликован завтра в шесть часов утра.",
    "es": "El servicio meteorológico regional anuncia que se espera un periodo de tiempo inestable en {0} desde la noche del día {1}, con vientos moderados a fuertes del oeste, rachas de hasta {2} kilómetros por hora en terrenos expuestos y chubascos dispersos que pueden ser de granizo por encima del límite del bosque. Las temperaturas nocturnas bajarán a {3} grados. Se ruega a los conductores que extremen la prudencia en puentes y carreteras de montaña, que se alejen de los arroyos crecidos y que sigan las instrucciones de protección civil. El próximo boletín se publicará mañana a las seis de la mañana.",
    "tr": "Bölge meteoroloji müdürlüğü, {0} çevresinde ayın {1}. günü akşam saatlerinden itibaren kararsız bir hava beklendiğini, batıdan orta kuvvette ile kuvvetli arasında esecek rüzgârın açık arazide saatte {2} kilometreye ulaşabileceğini ve orman sınırının üzerinde doluya dönebilecek yerel sağanaklar görüleceğini duyurdu. Gece sıcaklıkları {3} dereceye kadar düşecek. Sürücülerin köprülerde ve dağ yollarında özellikle dikkatli olmaları, taşan derelerden uzak durmaları ve sivil savunma görevlilerinin uyarılarına uymaları rica olunur. Bir sonraki bülten yarın sabah saat altıda yayımlanacaktır.",
}

LETTERS = {
    "en": "bcdfghlmnprstvw aeiou", "ar": "بتجحدرسشعفقكلمنهي اوي", "fr": "bcdfglmnprstv aeiouéè",
    "ru": "бвгдзклмнпрст аеиоу", "es": "bcdfglmnprstv aeiou", "tr": "bcçdgklmnprsşt aeıioöuü",
}
FORM_PAGES = 24  # a language
BACKGROUND = 60  # articles of invented words a language


class Invented:
    """Words of syllables in the letters of a language, the frequent ones short."""

    def __init__(self, language, rng):
        consonants, vowels = LETTERS[language].split(" ")
        self.rng = rng
        self.words = list(dict.fromkeys(
            "".join(rng.choice(consonants) + rng.choice(vowels) for _ in range(1 + rank // 60 % 4))
            for rank in range(4000)))

    def word(self):
        return self.words[int(len(self.words) ** self.rng.random()) - 1]

    def article(self):
        rng = self.rng
        sentences = [" ".join(self.word() for _ in range(rng.randint(8, 20))).capitalize() + "."
                     for _ in range(rng.randint(8, 18))]
        return "\n\n".join(" ".join(sentences[n:n + 4]) for n in range(0, len(sentences), 4))

    def place(self):
        return "".join(self.words[self.rng.randrange(200, len(self.words))]
                       for _ in range(2)).capitalize()


def cut_to_half(text):
    parts = text.split(" ")
    return " ".join(parts[:len(parts) // 2])


def make():
    """(documents as (id, text), probes as (what, language, id, id, together))."""
    documents, probes = [], []
    for language, text in ARTICLES.items():
        rng = random.Random(f"probes {language}")
        invented = Invented(language, rng)
        first, second, third = text.split("\n\n")
        documents.append((f"{language}-article", text))
        for what, changed in (("dateline in front", DATELINES[language] + text),
                              ("paragraphs swapped", "\n\n".join((third, second, first))),
                              ("cut to half", cut_to_half(text))):
            name = f"{language}-{what.replace(' ', '-')}"
            documents.append((name, changed))
            probes.append((what, language, f"{language}-article", name, 1))
        for number in range(FORM_PAGES):
            documents.append((f"{language}-form-{number}", FORMS[language].format(
                invented.place(), rng.randint(4, 20), rng.randint(31, 99), rng.randint(2, 19))))
            probes += [("template page", language, f"{language}-form-{other}",
                        f"{language}-form-{number}", 0) for other in range(number)]
        documents += [(f"{language}-other-{number}", invented.article())
                      for number in range(BACKGROUND)]
    random.Random("order").shuffle(documents)
    return documents, probes


def write(crawl, table):
    documents, probes = make()
    with open(crawl, "w", encoding="utf-8") as out:
        for name, text in documents:
            out.write(json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n")
    with open(table, "w", encoding="utf-8") as out:
        out.write("what\tlanguage\tid_a\tid_b\ttogether\n")
        for probe in probes:
            out.write("\t".join(map(str, probe)) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: probes.py OUT.jsonl PROBES.tsv")
    write(*sys.argv[1:])
