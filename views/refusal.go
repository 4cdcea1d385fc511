package views

import (
	"fmt"
	"slices"
	"strings"

	"peixun/data"
)

// workWords begin the labels of what changes something or shows whole numbers, and manageWords of what 管理员 alone may do. They only grey
// buttons: what they miss, the use case refuses with words.
var (
	workWords = strings.Fields(`添加 新建 修改 停用 启用 重置密码 移除 作废 充值 为 从这个批次充值 冲正 整次冲正 删除 移动 调整 合并 核对并合并 登记 生成 批量生成 撤销 撤回 编辑 设置缴费机构
		重新填写 重新启用 归档扫描件 导入 批量导入 载入官方模板 立即备份 另存到 显示完整号码 附名单 附上文件 打印确认书 打印填报清单 打印付款申请单 打印领取条 逐项复制 审核 记平台结果 从表格记平台结果
		手工核对 对上 月结 取消月结 平台已重置 已经发过邮件 照这次 上传凭证 上传缴费凭证 更正 退回一步 待上报 报盘 不是同一人 改名 完善管理员信息 文字与收件人 从表格逐人`)
	manageWords = strings.Fields(`添加账号 更换数据密钥 把工作交给接任者 恢复… 从备份恢复 从文件恢复 恢复最近的备份 解锁`)
	// freeLabels begin like the others and only look.
	freeLabels = []string{"修改密码", "修改记录", "充值明细", "导入记录", "报盘记录", "为什么还不能提交", "登记时间"}
)

// refusal tells by a button's label why somebody of a role may not use it, "" where there is nothing to tell.
func refusal(role data.Role) func(label string) string {
	return func(label string) string {
		begins := func(word string) bool { return strings.HasPrefix(label, word) }
		right := data.RightRead
		switch {
		case label == "" || slices.Contains(freeLabels, label):
		case slices.ContainsFunc(manageWords, begins):
			right = data.RightManage
		case slices.ContainsFunc(workWords, begins):
			right = data.RightWork
		}
		if role.May(right) {
			return ""
		}
		return fmt.Sprintf("您的账号是“%s”，这一步要%s来做。", role, right.WhoMay())
	}
}
