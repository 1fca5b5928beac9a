"""Banks and customer lists of Germany, Switzerland, France, Italy, Spain, the Netherlands."""

import csv

from tests.core.ingest_layouts.expects import OPEN, long, one_person, wide
from tests.core.ingest_layouts.layout import Book, Layout, Text
from tests.core.ingest_layouts.recipes import (
    COMMA_ONLY,
    GERMAN,
    GERMAN_WHOLE,
    always,
    counted,
    days,
    each,
    money,
    of,
    people,
    pick,
    running,
    spelled,
)

_SHOPS = pick("REWE SAGT DANKE", "EDEKA", "DB Vertrieb GmbH", "Stadtwerke Köln", "Müller Drogerie")
_OUT = money(-900, -2, step=0.01)

BANKS = (
    Layout(
        file="sparkasse_camt.csv",
        kind="one account in cp1252",
        form=Text(separator=";", encoding="cp1252", quoting=csv.QUOTE_ALL, newline="\r\n"),
        columns=(
            ("Auftragskonto", always("DE12500105170648489890")),
            ("Buchungstag", days("%d.%m.%y")),
            ("Valutadatum", days("%d.%m.%y")),
            ("Buchungstext", pick("KARTENZAHLUNG", "FOLGELASTSCHRIFT", "GUTSCHR. UEBERWEISUNG")),
            ("Verwendungszweck", _SHOPS),
            ("Glaeubiger ID", always("DE98ZZZ09999999999")),
            ("Beguenstigter/Zahlungspflichtiger", _SHOPS),
            ("Kontonummer/IBAN", pick("DE89370400440532013000", "DE02120300000000202051")),
            ("BIC (SWIFT-Code)", always("COBADEFFXXX")),
            ("Betrag", _OUT, COMMA_ONLY),
            ("Waehrung", always("EUR")),
            ("Info", always("Umsatz gebucht")),
        ),
        expect=one_person(encoding="cp1252", separator=";", decimal=","),
    ),
    Layout(
        file="n26-csv-transactions.csv",
        kind="one account",
        form=Text(quoting=csv.QUOTE_ALL),
        columns=(
            ("Booking Date", days("%Y-%m-%d")),
            ("Value Date", days("%Y-%m-%d")),
            ("Partner Name", _SHOPS),
            ("Partner Iban", always("")),
            ("Type", pick("Presentment", "Direct Debit", "Credit Transfer")),
            ("Payment Reference", always("-")),
            ("Account Name", always("Main Account")),
            ("Amount (EUR)", _OUT),
            ("Original Amount", always("")),
            ("Original Currency", always("")),
            ("Exchange Rate", always("")),
        ),
        expect=one_person(decimal="."),
    ),
    Layout(
        file="postfinance_export.csv",
        kind="one account under a head of its own",
        form=Text(separator=";", encoding="utf-8-sig"),
        above=(["Datum von:", "01.01.2026"], ["Konto:", "CH9300762011623852957"], ["Währung:", "CHF"], []),
        columns=(
            ("Datum", days("%d.%m.%Y")),
            ("Bewegungstyp", pick("Buchung", "Lastschrift")),
            ("Avisierungstext", _SHOPS),
            ("Gutschrift in CHF", always("")),
            ("Lastschrift in CHF", money(-1900, -2, step=0.05), spelled(group="'")),
            ("Saldo in CHF", running("Lastschrift in CHF", 90_000), spelled(group="'")),
        ),
        below=([], ["Disclaimer:"], ["Dies ist kein durch PostFinance erstelltes Dokument."]),
        expect=one_person(separator=";"),
    ),
    Layout(
        file="boursorama.csv",
        kind="one account with categories",
        form=Text(separator=";", encoding="utf-8-sig", quoting=csv.QUOTE_ALL),
        columns=(
            ("dateOp", days("%Y-%m-%d")),
            ("dateVal", days("%Y-%m-%d")),
            ("label", pick("CARTE 02/01 CARREFOUR", "PRLV EDF", "VIR LOYER")),
            ("category", pick("Alimentation", "Logement", "Loisirs")),
            ("categoryParent", always("Vie quotidienne")),
            ("amount", money(-2900, -2, step=0.01), spelled(mark=",", group=" ")),
            ("accountNum", always("00040123456")),
            ("accountLabel", always("BoursoBank")),
            ("accountbalance", always("1523.20")),
        ),
        expect=one_person(separator=";"),
    ),
    Layout(
        file="santander_movimientos.xlsx",
        kind="one account in a workbook with text for amounts",
        form=Book(sheet="Movimientos"),
        above=(["Movimientos de la cuenta"], ["Titular:", "JUAN PÉREZ"], ["Saldo:", "4.210,33 EUR"], []),
        columns=(
            ("FECHA OPERACIÓN", days("%d/%m/%Y")),
            ("FECHA VALOR", days("%d/%m/%Y")),
            ("CONCEPTO", pick("Compra Mercadona", "Recibo Iberdrola", "Bizum")),
            ("IMPORTE EUR", money(-1900, -2, step=0.01), GERMAN),
            ("SALDO", running("IMPORTE EUR", 90_000), GERMAN),
        ),
        expect=one_person(decimal=","),
    ),
    Layout(
        file="ing_nl.csv",
        kind="one account; direction in a column",
        form=Text(separator=";", quoting=csv.QUOTE_ALL),
        columns=(
            ("Datum", days("%Y%m%d")),
            ("Naam / Omschrijving", pick("Albert Heijn 1521", "NS GROEP", "Bol.com")),
            ("Rekening", always("NL20INGB0001234567")),
            ("Tegenrekening", always("")),
            ("Code", pick("BA", "IC")),
            ("Af Bij", pick("Af", "Af", "Bij")),
            ("Bedrag (EUR)", money(2, 900, step=0.01), COMMA_ONLY),
            ("Mutatiesoort", always("Betaalautomaat")),
            ("Mededelingen", always("")),
        ),
        expect=one_person(separator=";", decimal=","),
    ),
)

CUSTOMERS = (
    Layout(
        file="umsatzliste.csv",
        kind="minus behind the figure",
        n=150,
        form=Text(separator=";", encoding="cp1252", newline="\r\n"),
        columns=(
            ("Beleg", counted(start=9000012)),
            ("Kunden-Nr.", people("K{:05d}")),
            ("Name", of("Kunden-Nr.", ("Müller", "Schröder", "Weiß", "Jäger", "Köhler"))),
            ("Warengruppe", pick("Möbel", "Leuchten", "Teppiche")),
            ("Umsatz", money(-400, 3_900, step=0.01), spelled(mark=",", group=".", minus="{}-")),
        ),
        expect=long("Kunden-Nr.", "Warengruppe", "Umsatz", verdict=OPEN, encoding="cp1252", decimal=","),
    ),
    Layout(
        file="ventes_clients.csv",
        kind="narrow spaces in thousands",
        n=150,
        form=Text(separator=";", encoding="utf-8-sig"),
        columns=(
            ("N° client", people("FR{:04d}")),
            ("Date d'achat", days("%d/%m/%Y")),
            ("Catégorie", pick("Épicerie", "Maison", "Jardin")),
            ("Montant TTC", money(900, 9_900, step=0.01), spelled(mark=",", group="\u202f", after="\u00a0€")),
        ),
        expect=long("N° client", "Catégorie", "Montant TTC", decimal=","),
    ),
    Layout(
        file="kunden_schweiz.csv",
        kind="apostrophes in thousands",
        form=Text(separator=";"),
        columns=(
            ("Kunde", each("CH-{:03d}")),
            ("Lebensmittel", money(400, 9_900, step=0.05), spelled(group="'")),
            ("Krankenkasse", money(200, 4_900, step=0.05), spelled(group="'")),
        ),
        expect=wide("Kunde", "Lebensmittel", "Krankenkasse", decimal="."),
    ),
    Layout(
        file="R_write_csv2.csv",
        kind="row names of R, decimal commas",
        form=Text(separator=";", quoting=csv.QUOTE_NONNUMERIC),
        columns=(
            ("", each("{}")),
            ("kunde", each("k{:03d}")),
            ("essen", money(40, 990, step=0.5), lambda cell: f"{cell:.1f}".replace(".", ",")),
            ("miete", money(40, 990, step=0.5), lambda cell: f"{cell:.1f}".replace(".", ",")),
        ),
        expect=wide("kunde", "essen", "miete", decimal=","),
    ),
    Layout(
        file="kunden_summe.xlsx",
        kind="a row of totals under a wide table",
        form=Book(sheet="Auswertung", merged=("A1:E1",)),
        above=(["Ausgaben je Kunde 2026"], []),
        columns=(
            ("Lfd. Nr.", counted()),
            ("Kundennummer", each("{}", start=70412)),
            ("Lebensmittel (€)", money(10, 990)),
            ("Wohnen (€)", money(10, 990)),
            ("Freizeit (€)", money(10, 990)),
        ),
        total=(0, "Summe"),
        expect=wide(
            "Kundennummer",
            "Lebensmittel (€)",
            "Wohnen (€)",
            "Freizeit (€)",
            verdict=OPEN,
            not_used=("Lfd. Nr.", "Kundennummer"),
        ),
    ),
    Layout(
        file="gruppen_mit_einer_kommazahl.csv",
        kind="one cell tells what the others mean",
        form=Text(separator="\t"),
        columns=(
            ("Kunde", each("K{:03d}")),
            ("Einkauf", money(1_000, 9_900, step=1), GERMAN_WHOLE),
            ("Reisen", money(1_000, 9_900, step=0.25), GERMAN),
        ),
        expect=wide("Kunde", "Einkauf", "Reisen", verdict=OPEN, decimal=","),
    ),
)

LAYOUTS = BANKS + CUSTOMERS
