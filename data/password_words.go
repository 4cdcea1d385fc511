package data

import "strings"

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}

// commonWords are what people usually build passwords of, in English and in Pinyin, without tones and spaces.
var commonWords = wordSet(`password passwd pass word admin administrator root user test guest login welcome hello master manager system server office
	windows computer internet iloveyou love loveyou lovely baby honey angel happy lucky sunshine princess prince dragon tiger monkey superman batman
	football basketball michael jordan jessica charlie daniel freedom shadow secret summer winter spring money flower star family friend forever
	qwerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx letmein trustno abc abcd abcde abcdef xyz aaa asd qwe zxc qq aa
	woaini wo aini ai ni woaiwojia woaita woaiziji aiqing baobei baobao laopo laogong qinai meinv shuaige xiaobao xiaoxiao dabao erbao
	woshishui nishishui woshi wode nide tade mima wodemima mimashi zhanghao yonghu denglu guanliyuan guanli xitong
	nihao zhongguo beijing shanghai guangzhou shenzhen tianjin chongqing china
	gongsi danwei yiyuan xuexiao daxue renshi peixun jiaoyu xuexi kaoshi gongzuo bangong caiwu kuaiji yishi hushi laoshi xuesheng
	peixundesk jixujiaoyu gonggongzhishi chinahrt guopei
	taobao alipay weixin wechat tencent baidu xiaomi huawei iphone apple samsung jingdong zhifubao
	facai gongxi gongxifacai xinnian kuaile shengri shengrikuaile pingan jiankang xingfu caiyun fafafa dashi haoyun zhufu
	tiankong haiyang taiyang yueliang xingxing meigui mudan xiongmao xiaomao xiaogou long feng hu ma
	zhangsan lisi wangwu zhaoliu wangmazi xiaoming xiaohong xiaohua`)

// luckyNumbers are read as words: 520 I love you, 1314 for a life, 168 all the way up, 666, 888.
var luckyNumbers = wordSet(`520 521 1314 5201314 5211314 1314520 1314521 5203344 3344 3344520 7758521 7758258 530 537 168 1688 518 666 888 999 66 88 99 00 11 22 33 44 55 77
	110 119 120 114 10086 10010 12306 12345 123 1234 321 456 789 147258 147258369 123123 112233 11223344 123321 1234321 12344321 456789 789456 789456123
	007 911 985 211 996 2008 100200 147852 159357 159753 741852963 963852741`)

// commonSurnames are in Pinyin the surnames that most people have, for passwords such as zhang19800101.
var commonSurnames = wordSet(`wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang deng han feng cao peng zeng xiao
	tian dong pan yuan cai jiang yu du ye cheng wei su lv lu ding ren shen yao fan tan liao zou xiong jin hao kong bai cui kang mao qiu qin gu hou
	shao meng long wan duan lei qian yin shi`)
