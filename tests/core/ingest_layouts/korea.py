"""Cards, banks and budget apps in Korea, and what firms write of their customers."""

from tests.core.ingest_layouts.expects import OPEN, long, no_person, nobody_to_group, one_person, wide
from tests.core.ingest_layouts.layout import Book, Html, Layout, Text
from tests.core.ingest_layouts.recipes import (
    THOUSANDS,
    always,
    counted,
    cycle,
    days,
    each,
    made,
    money,
    of,
    people,
    pick,
    running,
    some,
    spelled,
)

_SHOPS = pick("이마트 성수점", "스타벅스", "GS25 역삼", "쿠팡", "카카오T택시", "김밥천국")
_NAMES = tuple(
    f"{family}{given}" for family in "김이박최정강조윤" for given in ("민준", "서연", "지후", "하은", "도윤", "수아")
)
_WON = money(3_000, 180_000, step=100)
_OUT = money(-180_000, -3_000, step=100)

STATEMENTS = (
    Layout(
        file="신한카드_이용내역.xlsx",
        kind="title rows over a card's statement",
        form=Book(sheet="이용내역조회", merged=("A1:H1",)),
        above=(["신한카드 이용내역 조회"], ["조회기간 2026.01.01 ~ 2026.03.31"], []),
        columns=(
            ("거래일", days("%Y.%m.%d %H:%M")),
            ("카드구분", always("본인 4518")),
            ("가맹점명", _SHOPS),
            ("금액", _WON, THOUSANDS),
            ("이용구분", pick("일시불", "할부")),
            ("할부개월수", pick("-", "3개월")),
            ("승인번호", counted(start=20114512, step=7)),
            ("취소상태", always("")),
        ),
        expect=one_person(sheet="이용내역조회"),
    ),
    Layout(
        file="롯데카드_이용대금.csv",
        kind="one card in CP949",
        form=Text(encoding="cp949", newline="\r\n"),
        above=(["이용대금명세서(롯데카드)"], ["총 60건"]),
        columns=(
            ("이용일", days("%Y/%m/%d")),
            ("이용가맹점", _SHOPS),
            ("업종", pick("마트", "카페", "편의점", "온라인")),
            ("이용금액", _WON, THOUSANDS),
            ("원금", made(lambda won: won, "이용금액"), THOUSANDS),
            ("수수료", always(0)),
        ),
        total=(0, "합계"),
        expect=one_person(encoding="cp949"),
    ),
    Layout(
        file="카카오뱅크_거래내역.xlsx",
        kind="one account, the table begins at column B",
        form=Book(sheet="카카오뱅크 거래내역", corner=(2, 2)),
        above=(
            ["카카오뱅크 거래내역"],
            [],
            ["성명", "김민준", "", "계좌번호", "3333-01-1234567"],
            ["조회기간", "2026.01.01 - 2026.03.31", "", "예금종류", "입출금통장"],
            [],
        ),
        columns=(
            ("거래일시", days("%Y.%m.%d %H:%M:%S")),
            ("구분", cycle("출금", "출금", "입금")),
            ("거래금액", money(-90_000, 90_000, step=1_000), THOUSANDS),
            ("거래 후 잔액", running("거래금액", 2_000_000), THOUSANDS),
            ("거래구분", pick("체크카드결제", "일반이체", "자동이체")),
            ("내용", _SHOPS),
            ("메모", always("")),
        ),
        expect=one_person(),
    ),
    Layout(
        file="네이버페이_결제내역.csv",
        kind="one wallet; order numbers are no people",
        form=Text(encoding="utf-8-sig"),
        columns=(
            ("결제일시", days("%Y-%m-%d %H:%M")),
            ("주문번호", counted(start=2026010112345678, step=98765)),
            ("상품명", pick("생수 2L", "양말", "노트", "커피 원두")),
            ("판매자", pick("스토어A", "스토어B", "스토어C")),
            ("결제금액", _WON, spelled(digits=0, after="원")),
            ("상태", always("구매확정")),
        ),
        expect=nobody_to_group(),
    ),
    Layout(
        file="하나은행_입출금.xls",
        kind="one account in HTML, two columns of amounts",
        form=Html(),
        above=(["계좌번호 : 123-456789-01207"], ["예금주명 : 박서연"]),
        columns=(
            ("No", counted()),
            ("거래일시", days("%Y-%m-%d %H:%M:%S")),
            ("적요", pick("체크카드", "타행이체", "급여")),
            ("의뢰인/수취인", _SHOPS),
            ("출금", cycle(12_000, 5_500, 0), THOUSANDS),
            ("입금", cycle(0, 0, 300_000), THOUSANDS),
            ("거래후잔액", made(lambda inn, out: 1_000_000 + inn - out, "입금", "출금"), THOUSANDS),
            ("거래점", always("강남")),
        ),
        expect=one_person(),
    ),
)

FIRMS = (
    Layout(
        file="고객별_거래명세.xlsx",
        kind="a total beats its parts",
        n=140,
        form=Book(sheet="거래명세"),
        above=(["2026년 1분기 고객별 거래명세"], ["작성: 영업1팀"]),
        columns=(
            ("No.", counted()),
            ("거래일자", days()),
            ("고객코드", people("C{:04d}")),
            ("고객명", of("고객코드", _NAMES)),
            ("상품군", pick("식품", "의류", "생활", "가전")),
            ("수량", pick(1, 2, 3)),
            ("공급가액", money(1_000, 90_000, step=1_000)),
            ("부가세", made(lambda net: net // 10, "공급가액")),
            ("합계금액", made(lambda net, tax: net + tax, "공급가액", "부가세")),
        ),
        total=(2, "합계"),
        below=([], ["※ 부가세 포함 금액입니다."]),
        expect=long(("고객코드", "고객명"), "상품군", "합계금액", verdict=OPEN),
    ),
    Layout(
        file="법인카드_사용내역.csv",
        kind="employees by number, in CP949",
        n=150,
        form=Text(encoding="cp949"),
        columns=(
            ("사번", people("2019{:04d}")),
            ("성명", of("사번", _NAMES)),
            ("부서", of("사번", ("영업팀", "개발팀", "인사팀"))),
            ("사용일자", days("%Y%m%d")),
            ("계정과목", pick("접대비", "여비교통비", "소모품비", "복리후생비")),
            ("가맹점", _SHOPS),
            ("사용금액", _WON, THOUSANDS),
        ),
        expect=long(("사번", "성명"), "계정과목", "사용금액", encoding="cp949"),
    ),
    Layout(
        file="회원_월별.csv",
        kind="months are columns",
        columns=(
            ("회원ID", each("U{:05d}")),
            ("1월", money(0, 900_000, step=1_000)),
            ("2월", money(0, 900_000, step=1_000)),
            ("3월", money(0, 900_000, step=1_000)),
        ),
        expect=wide("회원ID", "1월", "2월", "3월", verdict=OPEN),
    ),
    Layout(
        file="가계동향_가구.csv",
        kind="two header rows and units under them",
        form=Text(encoding="cp949"),
        over=("", "", "소비지출", "", ""),
        columns=(
            ("가구번호", each("10{:03d}")),
            ("가구원수", pick(1, 2, 3, 4)),
            ("식료품", money(100_000, 900_000, step=10)),
            ("주거", money(100_000, 900_000, step=10)),
            ("교통", money(10_000, 300_000, step=10)),
        ),
        under=(["", "(명)", "(원)", "(원)", "(원)"],),
        expect=wide("가구번호", "식료품", "주거", "교통", verdict=OPEN, encoding="cp949"),
    ),
    Layout(
        file="설문_응답.csv",
        kind="thousands of ten thousand won, named by the header",
        columns=(
            ("타임스탬프", days("%Y/%m/%d 오후 3:%M:%S")),
            ("응답자번호", counted(start=101)),
            ("성별", pick("남", "여")),
            ("연령", money(19, 69)),
            ("월평균 식비(만원)", money(10, 120)),
            ("월평균 교통비(만원)", money(1, 40)),
            ("기타 의견", some(pick("없음", "좋아요", "잘 모르겠습니다"))),
        ),
        expect=wide(
            "응답자번호",
            "월평균 식비(만원)",
            "월평균 교통비(만원)",
            not_used=("응답자번호", "타임스탬프", "성별", "기타 의견"),
            clipped_share_max=0.05,
        ),
    ),
    Layout(
        file="시도별_소비.xlsx",
        kind="rows are places",
        form=Book(sheet="데이터"),
        n=17,
        over=("", "2025", "", ""),
        columns=(
            (
                "시도별",
                cycle(
                    *("서울특별시", "부산광역시", "대구광역시", "인천광역시", "광주광역시", "대전광역시", "울산광역시"),
                    *("세종특별자치시", "경기도", "강원특별자치도", "충청북도", "충청남도", "전북특별자치도"),
                    *("전라남도", "경상북도", "경상남도", "제주특별자치도"),
                ),
            ),
            ("식료품·비주류음료", money(200_000, 500_000)),
            ("주거·수도·광열", money(200_000, 500_000)),
            ("교통", money(200_000, 500_000)),
        ),
        under=(["", "원", "원", "원"],),
        expect=no_person(),
    ),
    Layout(
        file="회원별_입출금.csv",
        kind="deposits and withdrawals of many",
        n=160,
        columns=(
            ("회원번호", people("M{:03d}")),
            ("거래일자", days("%Y-%m-%d")),
            ("거래분류", cycle("식비", "교통", "급여", "쇼핑")),
            ("입금액", cycle(0, 0, 2_500_000, 0), THOUSANDS),
            ("출금액", cycle(12_000, 3_400, 0, 56_000), THOUSANDS),
            ("적요", _SHOPS),
        ),
        expect=long(
            "회원번호", "거래분류", "출금액", verdict=OPEN, where=("거래분류", ("식비", "교통", "쇼핑")), counted=False
        ),
    ),
)

LAYOUTS = STATEMENTS + FIRMS
