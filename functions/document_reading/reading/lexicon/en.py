"""English, with the words that documents of all languages borrow: cards, abbreviations, carriers."""

from __future__ import annotations

from functions.document_reading.reading.lexicon.language import DateLabel, Language, Role
from functions.document_reading.reading.model import Category

LANGUAGE = Language(
    months=(
        "january jan",
        "february feb",
        "march mar",
        "april apr",
        "may",
        "june jun",
        "july jul",
        "august aug",
        "september sep sept",
        "october oct",
        "november nov",
        "december dec",
    ),
    ordinals="st|nd|rd|th",
    before_month="of ",
    range_words="to|until|through",
    dates={
        DateLabel.ISSUE: """
            invoice date|date of invoice|bill date|billing date|date of issue|issue date|issued|issued at
            issued on|tax date|receipt date|transaction date|trans date|txn date|date issued
            date of purchase|purchase date|document date|doc date|sale date|sales date|statement date
        """,
        DateLabel.DATE: """
            date|dated|date paid|paid on|date payment|dt|dato|exit|exit time|sale|sold
        """,
        DateLabel.TITLE: "invoice|receipt|bill|statement|credit note|tax invoice|ticket|invoice no",
        DateLabel.DUE: """
            due|due date|payment due|pay by|payable by|before|until|no later than|remit until|deadline|term
            payment|paid|payment date|debited
        """,
        DateLabel.ORDER: """
            order|order date|ordered|purchase order|po date|your order|quote|quotation|proposal
            booking date|booked on|booked|purchased on|ordered on|date of booking|contract
            original invoice|related invoice|according to|associated invoice|original invoice date
        """,
        DateLabel.SERVICE: """
            delivery|delivery date|shipped|ship date|service date|period|service period|from|to|check in
            check out|checkin|checkout|arrival|departure|departs|arrives|outbound|inbound|return|valid
            valid from|start|end|begin|ending|ended|stay|travel date|billing period|usage|between
            through|for the period|entry|entry time|arrived|issued from
        """,
        DateLabel.PRINT: """
            print|printed|printed date|prn|prn on|print date|print time|closed|end time
        """,
        DateLabel.OTHER: """
            birth|born|date of birth|expiry|expires|exp|expiry date|act|since|established|law|version
            rev|stand|standard|norm|member since|promotion|offer|contest|return by|exchange by
            best before|mfg|revised|copyright|wef|membership|registered|next visit|last visit|previous
            last payment|mandate|card expiry|exp date|valid thru|valid through
        """,
    },
    amounts={
        Role.TOTAL: """
            total|totals|toal|tot|totl|sales amount|total sales|bill amount|invoice amount|ttl
        """,
        Role.PAYABLE: """
            grand total|total payable|amount due|total due|balance due|payable|to pay|you pay
            amount payable|please pay|total amount due|due payable|total to pay|rounded|total rounded
            amount to pay|grand|due|now due
        """,
        Role.SUB: """
            sub|subtotal|sub total|subtotals|stotal|s total|item total|items total|total items amount
            sbtl|subttl|sub ttl
        """,
        Role.WITH: """
            incl|inc|included|including|inclusive|includes|include|incld|w tax|with tax|with gst
            with vat|w gst
        """,
        Role.WITHOUT: """
            excl|exc|exclude|excluded|excluding|exclusive|excl of|without|before|pretax|taxable|w o|wo|base
        """,
        Role.NET: "net|nett",
        Role.TAX: """
            tax|taxes|gst|sst|vat|hst|pst|qst|svt|service tax|sales tax|tax amount|cess|cgst|sgst|igst
        """,
        Role.GROSS: "gross",
        Role.TIP: "tip|tips|gratuity|suggested tip|suggested gratuity",
        Role.PART: """
            supplies|supply|rated supplies|zero rated|standard rated|taxable supplies|exempt supplies
        """,
        Role.ROUNDING: """
            rounding|round|roundind|rounding adj|rounding adjustment|rnd|adj|adjustment|round off
            bill rounding
        """,
        Role.DISCOUNT: """
            discount|disc|discounts|saving|savings|saved|save|less|rebate|voucher|coupon|promo|promotion
            off|member saving|void|voided|refund
        """,
        Role.AFTER: "after|net of",
        Role.SERVICE: """
            service|services charge|service charge|serv|serv charge|svc|svc chg|service chg|delivery fee
            shipping
        """,
        Role.PAID: """
            cash|cash tendered|tender|tendered|paid|payment|payments|card|credit card|debit card|visa
            master|mastercard|amex|american express|debit|credit|e wallet|ewallet|tng|grabpay|boost
            cheque|check|received|cash received|amount paid|mydebit|paypal|apple pay|contactless
            payment mode|eftpos|customer s payment|cash amount|maestro|v pay|accepted|inserted
            total accepted|accepted total|total paid|amount tendered|total tendered
        """,
        Role.CHANGE: "change|change due|cash change|chg|balance change",
        Role.PREPAID: "deposit|prepaid|advance|down payment",
        Role.LEFT: "balance|outstanding|residual|remaining",
        Role.COUNT: """
            qty|qtys|quantity|items|item|item s|count|qty s|pcs|pieces|nos|no of|units|item count|pax|cover
            volume|litre|litres|liter|ltr|kg
        """,
        Role.AMOUNT: "amount|amt|sum|price|sales|charge|charges|charge total",
        Role.OTHER: """
            points|point|loyalty|bonus|card no|balance b f|brought forward|previous balance|unit price
            u price|s price|unit|p unit|capital|exchange rate|tel|fax|iban|account|minimum|credit limit
            points earned|expiry|exp|approval|trace|batch|invoice no|eco|wht|withholding
        """,
    },
    look_alikes="grass summer tuna drink drinks crate chase",
    invoices="tax invoice|invoice|credit note",
    receipts="receipt|bill|document|doc|c/n|ticket|note|inv|trans|folio",
    credit_notes="credit note|credit memo",
    titles="bill data date page total order",
    self_billed="self billed|self-billed|self billing|self-billing|selfbilling",
    document_words="invoice receipt ticket subtotal payment number voucher",
    headings="""
        invoice receipt bill cash sales tax simplified gst copy duplicate original official customer check
        guest order table invoicetax date page total welcome thank you merchant no number counter cashier
        ticket name address website internet
    """,
    sellers="""
        seller|vendor|supplier|sold by|issued by|service provider|from|merchant|beneficiary|account name
        account holder|company name|remit to|payable to|billed by|biller
    """,
    buyers="""
        bill to|billed to|invoice to|invoiced to|ship to|shipped to|sold to|deliver to|delivery to
        delivered to|deliver address|delivery address|delivered address|customer|client|buyer|attn
        attention|guest|recipient|bill to address|billing address|shipping address|invoice address
        your ref|your address|prepared for|account manager|sales contact
    """,
    name_labels="name|company|company name|trade name",
    section_headings="""
        description|item|items|details|invoice details|order details|payment|payment terms|payment details
        payment information|payment method|bank details|terms|terms and conditions|notes|summary|totals
        delivery|contact|invoice summary|order summary|amount due|vat breakdown|tax breakdown|attachments
    """,
    registers="""
        vat|gst|abn|acn|ein|company no|co reg|co. reg|co.reg|coreg|reg no|reg. no|reg.no|company reg
        registered|head office
        iban|bic|swift|uid|tax id
    """,
    tax_numbers="vat|gst|uid|tax id",
    former_names="""
        formerly|previously|fka|f.ka|fk.a|f.k.a|licensee|franchisee|under licence|under license
    """,
    not_names="""
        tel|fax|phone|hotline|mobile|whatsapp|email|e-mail|http|www|gst id|gst no|sst no|reg no|invoice
        receipt|order no|table no|bill no|doc no|cashier|terminal|member|printed|page #|counter|thank you
        for a chance|survey|see back|not returnable|goods sold|have a nice|how did we|tell us|come again
        visit us|please
        copyright|all rights reserved|powered by|generated by|created with|stylesheet
        welcome|opening hours|shopping hours|business hours
    """,
    legal_forms="""
        pte ltd|pty ltd|pvt ltd|co ltd|ltd|limited|plc|llp|llc|inc|incorporated|corp|corporation
        co|company|& co
    """,
    operating_companies="holding holdings management operations operating ventures franchising",
    trades="""
        enterprise enterprises ent trading trd marketing holdings hardware stationery stationers restaurant
        restaurants mini mart minimart market supermarket hypermarket store stores shop cafe bistro bakery
        bakeries pharmacy clinic station petrol motor motors auto workshop gallery book books electrical
        electronics electronic machinery industries industry services service resources supplies supply
        solutions confectionery seafood food foods kitchen dining pizza burger coffee tea house hotel inn
        resort hostel motel tyre boutique fashion saloon salon laundry printing press optical photo computer
        tavern pizzeria steakhouse diner deli eatery taqueria brewery brewing buffet cuisine ramen sushi
        grille catering delicatessen patisserie florist jewelry jewellers furniture advertising engineering
        logistics wholesale drugstore garage lodge brasserie trattoria ristorante
        technology technologies tech global international group centre center corner pub bar grill
    """,
    name_joiners="of and the",
    open_ends="and of the",
    welcomes="welcome to",
    order_kinds="""
        dine in|eat in|take out|takeout|take away|takeaway|to go|togo|for here|here|drive thru|drive through
        delivery|pick up|pickup|carry out|carryout|counter|guest copy|customer copy|merchant copy
        store copy|reprint|duplicate copy|guest check|closed check
    """,
    thanks="""
        thank you for visiting|thank you for shopping at|thank you for shopping with|thank you for dining at
        thank you for dining with|thank you for choosing|thanks for visiting|thanks for shopping at
        thanks for dining at|thanks for choosing|thank you for staying at|thank you for parking at
        thank you for eating at|thank you for coming to
    """,
    places="""
        lot ground floor flr level block blok blk unit suite street st road rd avenue ave lane ln drive
        boulevard blvd highway hwy square po box
    """,
    categories={
        Category.FUEL: "petrol|diesel|unleaded|ron 95|ron95|ron 97|ron97|pump|litre|litres|fuel",
        Category.HOTEL: """
            hotel|room|night|nights|check in|check-in|check/in|checkin|check out|check-out|check/out
            checkout|lodging|inn|resort
        """,
        Category.MEAL: """
            restaurant|cafe|coffee|tea|pizza|burger|chicken|rice|noodle|noodles|beer|table|pax|guest|guests
            bistro|menu|dessert|dine in|dine-in|dinein|take away|take-away|takeaway|takeout|waiter|server
            serv charge|service charge|food
        """,
        Category.TRAIN: "train|railway|rail|eurostar|thalys|platform",
        Category.FLIGHT: "airline|airlines|flight|boarding|airport|eticket|e-ticket|airways|baggage",
        Category.TAXI: "taxi|uber|cab|grab|bolt|ride|fare|trip fare",
        Category.PUBLIC_TRANSPORT: "metro|tram|bus|subway|lrt|mrt|rapid",
        Category.CAR_RENTAL: "car rental|rent a car|hertz|avis|europcar|sixt|enterprise rent",
        Category.PARKING: "parking|car park|park",
        Category.TOLL: "toll|plus expressway",
        Category.TELECOM: """
            telecom|mobile|broadband|internet|fiber|gsm|sim|telephone|dsl|communications|roaming|phone plan
        """,
        Category.SOFTWARE: """
            subscription|software|licence|license|saas|cloud|hosting|server|domain|web services|storage
            exchange|api|data transfer
        """,
        Category.OFFICE_SUPPLIES: """
            stationery|stationers|office|paper|printer|ink|toner|pen|ruler|book|books|laminating|folder
            chair
        """,
        Category.GROCERIES: """
            supermarket|hypermarket|mini market|minimarket|minimart|grocery|groceries|mart|fresh|vegetable
            vegetables|milk|bread
        """,
        Category.POSTAGE: "post office|postage|stamp|dhl|ups|fedex|courier",
    },
)
