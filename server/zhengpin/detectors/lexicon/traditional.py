"""Traditional characters of the words in the Chinese lexicon, so that 原單 is read as 原单."""

from __future__ import annotations

_PAIRS = (
    "貨货 單单 裝装 復复 複复 覆复 國国 產产 廠厂 換换 殼壳 紙纸 過过 質质 無无 沒没 舊旧 標标"
    " 櫃柜 內内 專专 業业 電电 話话 聯联 繫系 係系 熱热 線线 轉转 賬账 帳账 機机 號号 賣卖 買买"
    " 門门 謹谨 別别 鑑鉴 鑒鉴 對对 區区 絕绝 嚴严 擊击 遠远 離离 與与 這这 請请 認认 準准 屬属"
    " 從从 銷销 級级 個个 來来 見见 罰罚 賠赔 額额 歡欢 務务 動动 劃划 擾扰 類类 雙双 關关 開开"
    " 術术 偽伪 僞伪 盜盗 頭头 頂顶 後后 讓让 聞闻 們们 圖图 寶宝 為为 爲为 條条 價价 處处 贗赝"
    " 貼贴 於于 適适 餘余 滿满 懼惧 發发 現现 裡里 裏里 錢钱 場场 敵敌 倫伦 識识 間间 虛虚 圍围"
    " 應应 確确 證证 驗验 檢检 測测 際际 實实 屜屉 螢荧 麼么"
)
SIMPLIFIED = {ord(pair[0]): pair[1] for pair in _PAIRS.split()}
"""One character for one: places stay where they are."""
