// The words of the API's documentation, Chinese and English; what each address does stands in /openapi.json.

export const DOCS = {
  zh: {
    title: "接口文档", views: "页面", ask: "提问", other: "English", otherLabel: "Switch to English", listOf: "列表：", optional: "，可省略", name: "名称", type: "类型", meaning: "含义",
    fields: "字段", parameters: "参数", body: "请求体", reply: "答复：", addresses: "地址", objects: "对象", problems: "问题",
    problemsLead: "每次失败都返回 application/problem+json 对象，含 type、title、status、detail、code 和 remedy；请求带 Accept-Language: zh 时以中文说明。",
    failed: "接口文档没有载入。", failedDo: "请确认 wenbao serve 还在运行，然后重新载入本页。",
  },
  en: {
    title: "API", views: "Pages", ask: "Ask", other: "中文", otherLabel: "切换到中文", listOf: "list of ", optional: ", optional", name: "Name", type: "Type", meaning: "Meaning",
    fields: "fields", parameters: "Parameters", body: "Body", reply: "Reply: ", addresses: "Addresses", objects: "Objects", problems: "Problems",
    problemsLead: "Every failure is an application/problem+json object with type, title, status, detail, code and remedy; with Accept-Language: zh it is told in Chinese.",
    failed: "The documentation could not be loaded.", failedDo: "Make sure that wenbao serve is still running, then load this page again.",
  },
};

/** [code, status, what happened and what to do, in each language] */
export const PROBLEMS = [
  ["question", 422, { zh: "问题是空的，或超过 2,000 个字。请写几个词；太长就缩短，或分成几个来问。", en: "The question is empty, or longer than 2,000 characters. Send some words; shorten it, or ask it in parts." }],
  ["filter", 422, { zh: "有一个筛选条件不存在。GET /api/facets 列出可用的取值。", en: "A filter names something that doesn't exist. GET /api/facets lists the values there are." }],
  ["request", 422, { zh: "有字段缺失、未知或超出范围，errors 指明是哪一个。请改正所指的字段。", en: "A field is missing, unknown or out of bounds; errors names it. Mend the fields named." }],
  ["json", 400, { zh: "请求体不是 JSON。请发送 UTF-8 的 JSON 对象。", en: "The body is not JSON. Send a JSON object in UTF-8." }],
  ["body-size", 413, { zh: "请求体太大。请每次少发一些。", en: "The body is too large. Send less at a time." }],
  ["address", 404, { zh: "这个地址没有内容。本页列出了所有地址。", en: "There is nothing at this address. This page lists all addresses." }],
  ["method", 405, { zh: "这个地址不用这种方法。请用 Allow 头中列出的方法。", en: "The address has other methods. Use one of those in the Allow header." }],
  ["report-unknown", 404, { zh: "没有这份报告。GET /api/reports 列出各报告的编号。", en: "There is no such report. GET /api/reports lists their ids." }],
  ["host", 421, { zh: "服务只对本机开放，却被以别的主机名访问。请用 127.0.0.1 或 localhost，或者启动时加 --host。", en: "The server listens for this machine alone and was asked under another name. Ask 127.0.0.1 or localhost, or serve with --host." }],
  ["key", 401, { zh: "需要密钥，或密钥不对。请以 Authorization: Bearer 密钥 发送；用 wenbao keys add 新建。", en: "A key is needed, or this one is not known. Send it as Authorization: Bearer KEY; wenbao keys add makes one." }],
  ["key-role", 403, { zh: "这个密钥可以提问，但不能增删报告。请使用 admin 权限的密钥。", en: "The key may ask, but not change the reports. Use a key with the role admin." }],
  ["origin", 403, { zh: "请求来自别处的网页。启动时用 --origin 写明那个网站，或在浏览器之外调用接口。", en: "A page from elsewhere sent this. Name its site with --origin, or call the API outside a browser." }],
  ["changes-off", 403, { zh: "这个服务不增删报告。启动时请加 --allow-changes。", en: "This server changes no reports. Start it with --allow-changes." }],
  ["changing", 409, { zh: "正在添加报告。请等上传完成后再试。", en: "Reports are being added. Try again when the upload is done." }],
  ["upload-unknown", 404, { zh: "没有这次上传，或已过期。GET /api/reports 列出已加入的报告。", en: "There is no such upload, or it has gone. GET /api/reports shows what came." }],
  ["upload-empty", 422, { zh: "没有收到文件。请在 files 字段中发送一个或多个文件。", en: "No file was sent. Send one or more in the field files." }],
  ["upload-space", 507, { zh: "没有空间存放文件。请在服务器上腾出空间。", en: "There is no room for the files. Free some space on the server." }],
  ["rate", 429, { zh: "请求太频繁。请等候 Retry-After 所说的秒数。", en: "The caller asked too often. Wait as long as Retry-After says." }],
  ["model-unset", 422, { zh: "服务没有语言模型。启动时请加 --llm-url 和 --llm-model，或者去掉 generate。", en: "The server has no language model. Start it with --llm-url and --llm-model, or leave generate out." }],
  ["busy", 503, { zh: "正在生成的答案或编码的文本太多。请几秒后再试。", en: "Too many answers are being generated, or texts encoded. Try again in a few seconds." }],
  ["batch-unknown", 404, { zh: "没有这个批量任务，或已过期。请重新发送文件。", en: "There is no such batch, or it has gone. Send the file again." }],
  ["batch-unfinished", 409, { zh: "批量任务还在进行。请等 state 变为 done。", en: "The batch is still running. Ask until its state is done." }],
  ["loading", 503, { zh: "索引还在载入。请几秒后再试。", en: "The index is still being loaded. Try again in a few seconds." }],
  ["index-missing", 503, { zh: "还没有索引。请运行 wenbao build，服务会自行接上。", en: "There is no index. Run wenbao build; the server takes it up by itself." }],
  ["index-mismatch", 503, { zh: "索引由其他版本建立。请用 wenbao build 重新建立。", en: "The index was made by another version. Make it again with wenbao build." }],
  ["index-damaged", 503, { zh: "索引已损坏。wenbao verify 说明损坏之处，wenbao build 可重新建立。", en: "The index is damaged. wenbao verify says what; wenbao build makes it again." }],
  ["crash", 500, { zh: "wenbao 出错。请再试一次；仍然出错请附上请求编号报告。", en: "wenbao failed. Try again; report it with the request id." }],
];
