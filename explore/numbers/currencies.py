"""Currencies: the signs and codes before a number, and the words after it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from explore.numbers.languages import WORD_END, any_of

if TYPE_CHECKING:
    from explore.numbers.languages import Language

CODES = "USD|EUR|GBP|NZD|AUD|CAD|CHF|SEK|NOK|DKK|JPY|INR|CNY|ZAR|NGN|KES|BRL|MXN|PLN|HKD|SGD|PKR|BDT|PHP|THB|TRY|RUB"
# A bare $ is read as that of the United States, a bare ¥ as that of Japan.
SIGNS = {
    "$": "USD", "us$": "USD", "nz$": "NZD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "hk$": "HKD",
    "s$": "SGD", "nt$": "TWD", "r$": "BRL", "mx$": "MXN", "€": "EUR", "£": "GBP", "¥": "JPY", "cn¥": "CNY",
    "₹": "INR", "rs": "INR", "rs.": "INR", "r": "ZAR", "₦": "NGN", "₱": "PHP", "₩": "KRW", "₺": "TRY", "₽": "RUB",
    "₪": "ILS", "₫": "VND", "₴": "UAH", "฿": "THB", "gh₵": "GHS", "₵": "GHS", "rm": "MYR", "rmb": "CNY",
    "ksh": "KES", "sh": "shillings", "kr": "kroner", "zł": "PLN", "sfr": "CHF", "fr.": "CHF",
}  # fmt: skip
_SYMBOLS = "[$€£¥₹₦₱₩₺₽₪₫₴฿₵]"
# R35 may be a road; R35 million, R3,500 and R35.50 are rand.
_RAND = (
    r"R(?=\s?\d{1,3}(?:[ ,]\d{3}){1,4}\b|\s?\d{1,4}\.\d\d\b"
    r"|\s?\d{1,4}(?:[.,]\d)?\s?(?:[mbk]n?|[mbtr]+illion|thousand)\b)"
)
_LETTERS = rf"(?:{CODES}|Rs\.?|RMB?|K[Ss]h|Sh|SFr|Fr\.|kr)(?=\s?\d)"
BEFORE = rf"(?:(?:US|NZ|AU?|CA?|HK|S|NT|R|MX|CN|GH)?{_SYMBOLS}|{_LETTERS}|{_RAND})\s?"


@cache
def after(words: Language) -> str:
    """Give the pattern of a currency after a number: its sign, its code, or its coins in words."""
    nations, coins, small = (
        any_of(names)
        for names in (words.table("nations") or ["(?!)"], words.table("coins"), words.table("small_coins"))
    )
    return (
        rf"\s?(?P<money>{_SYMBOLS}|(?:(?-i:{CODES}|kr|zł)){WORD_END})"
        rf"|[\s-]{{1,2}}{words.pattern('link')}(?:(?P<nation>{nations})[\s-])?(?P<coin>{coins}){words.pattern('plural')}{WORD_END}"
        rf"|\s?(?:(?P<whose>{nations})\s)?(?P<small>{small}|(?<=\d)(?-i:[pc])){WORD_END}"
    )


def currency(words: Language, sign: str | None, tail: dict[str, str | None]) -> tuple[str | None, int]:
    """Name the currency of an amount, and how many places its coin is smaller: 412p is 4.12 pounds.

    A coin that many countries have is named as the text does: "pesos", "cents".
    """
    mark, coin, small = (
        (found or "").strip().lower() for found in (sign or tail["money"], tail["coin"], tail["small"])
    )
    nation = words.table("nations").get((tail["nation"] or tail["whose"] or "").lower())
    if mark:
        return SIGNS.get(mark) or mark.upper(), 0
    if coin:
        return nation or words.table("coins")[coin] or (coin if coin.endswith(("r", "s")) else f"{coin}s"), 0
    if small:
        whose = nation or ("GBP" if small == "p" else words.table("small_coins").get(small))
        return (whose, 2) if whose else (small if small.endswith("s") else "cents", 0)
    return None, 0
