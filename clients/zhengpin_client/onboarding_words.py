"""The words for applications of suppliers, in Chinese and English; `words` has all others and says them."""

from __future__ import annotations

ONBOARDING_ENUM_WORDS = {
    # whether to let an applicant in
    "ONBOARDING_OUTCOME_ACCEPT": ("准入", "accept"),
    "ONBOARDING_OUTCOME_ACCEPT_WITH_LIMITS": ("限制准入", "accept with limits"),
    "ONBOARDING_OUTCOME_NEED_DOCUMENTS": ("需补材料", "documents needed"),
    "ONBOARDING_OUTCOME_REFUSE": ("拒绝（须由人确认）", "refuse (a person confirms)"),
    # how a check ended
    "CHECK_RESULT_PASSED": ("通过", "passed"),
    "CHECK_RESULT_FAILED": ("未通过", "failed"),
    "CHECK_RESULT_UNKNOWN": ("未知", "unknown"),
    # papers
    "DOCUMENT_KIND_LICENCE": ("营业执照或许可证", "licence"),
    "DOCUMENT_KIND_IDENTITY": ("身份证明", "proof of identity"),
    "DOCUMENT_KIND_AUTHORISATION_LETTER": ("授权书", "letter of authorisation"),
    "DOCUMENT_KIND_TRADEMARK_CERTIFICATE": ("商标注册证", "trade mark certificate"),
    "DOCUMENT_KIND_INVOICE": ("进货发票", "invoice"),
    "DOCUMENT_KIND_TEST_REPORT": ("检测报告", "test report"),
    "DOCUMENT_KIND_ORIGIN_CERTIFICATE": ("原产地证明", "certificate of origin"),
    "DOCUMENT_KIND_CUSTOMS_DECLARATION": ("报关单", "customs declaration"),
    "DOCUMENT_KIND_COST_SHEET": ("成本表", "cost sheet"),
    "DOCUMENT_KIND_AUDIT_REPORT": ("验厂报告", "audit report"),
    "DOCUMENT_KIND_DEPOSIT_CONTRACT": ("保证金协议", "deposit contract"),
    "DOCUMENT_KIND_TRADER_DETAILS": ("经营者信息", "trader's details"),
    # states of suppliers
    "SUPPLIER_STATE_ACTIVE": ("正常", "active"),
    "SUPPLIER_STATE_SUSPENDED": ("已暂停", "suspended"),
    "SUPPLIER_STATE_TERMINATED": ("已清退", "terminated"),
}

ONBOARDING_PHRASES = {
    "checking_version": ("检查版本", "Checks"),
    "check": ("检查项", "Check"),
    "result": ("结果", "Result"),
    "finding": ("发现", "Finding"),
    "named": ("{what}：{said}", "{what}: {said}"),
    "called_for": ("要求", "expected"),
    "rests_on": ("依据", "rests on"),
    "leads_to": ("导致", "leads to"),
    "papers_needed": ("尚需材料", "Documents needed"),
    "paper": ("材料", "Document"),
    "concerns": ("用于", "For"),
    "due": ("期限", "Due"),
    "why": ("原因", "Why"),
    "limits": ("限制", "Limits"),
    "limits_until": ("至", "Until"),
    "limits_while": ("直至原因消除", "as long as the reasons last"),
    "open_categories": ("可售类目", "May sell in"),
    "daily_orders": ("每日订单上限", "Orders a day"),
    "deposit_due": ("保证金补足至", "Deposit to reach"),
    "limited_for": ("原因", "Because"),
    "links": ("关联供应商", "Belongs together with"),
    "state": ("状态", "State"),
    "tie": ("关联", "Tie"),
    "shares": ("共同点", "In common"),
    "same_entity": ("同一主体", "one and the same"),
    "likely": ("可能性 {share}", "{share} likely"),
    "shared_by": ("{what}（{count} 家共有）", "{what} (shared by {count})"),
    "succeeds": ("承继关系", "goes on in the other"),
}

ATTRIBUTE_WORDS = {
    "registration_code": ("登记代码", "registration code"),
    "person": ("法定代表人", "legal person"),
    "payout_account": ("收款账户", "payout account"),
    "phone": ("电话", "phone"),
    "email": ("电子邮箱", "email"),
    "contact_name": ("联系人", "contact name"),
    "device": ("设备", "device"),
    "network": ("网络", "network"),
    "return_address": ("退货地址", "return address"),
    "depot": ("揽收站点", "depot"),
    "pickup_point": ("自提点", "pickup point"),
    "document": ("文件", "document"),
    "registered_name": ("登记名称", "registered name"),
    "company_name": ("公司名称", "company name"),
    "address": ("地址", "address"),
}
"""What suppliers may share, by the contract's name: (zh, en)."""
