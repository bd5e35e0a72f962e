// What the sign-in pages say, in the languages that there are.

const english = {
  language: 'en',
  signIn: 'Sign in',
  asks: 'asks to work in this workspace in your name.',
  name: 'Name',
  password: 'Password',
  or: 'or with an access token',
  accessToken: 'Access token',
  wrong:
    'That is not right. Check what you typed, or ask an owner of the workspace for an invitation.',
  tooMany: 'Too many tries. Wait a few minutes.',
  signedInAs: 'You are signed in as',
  allow: 'Allow',
  deny: 'Do not allow',
  denyHint: 'Allow this only if you have just started it yourself.',
  code: 'Code',
  enterCode: 'Enter the code that your terminal shows.',
  next: 'Continue',
  codeWrong: 'There is no such code, or no longer. Start again in your terminal.',
  confirmCode: 'Does your terminal show this code?',
  yes: 'Yes, continue',
  no: 'No, stop',
  done: 'You are signed in',
  close: 'Go back to your terminal; this page can be closed.',
  welcome: 'Welcome, ',
  choose: 'Choose a password of at least 12 characters. A sentence is a good one.',
  repeat: 'The same again',
  different: 'The two are not the same.',
  tooShort: 'A password must have 12 to 256 characters.',
  set: 'Set password',
  passwordSet: 'Your password is set',
  passwordDone: "Sign in with 'ridgeline login', or where a page asks you to.",
  gone: 'This does not work (any more)',
  goneHint:
    'The link may be too old, or used already. Start again, or ask an owner of the workspace.',
} as const;

export type Words = { readonly [Key in keyof typeof english]: string };

const japanese: Words = {
  language: 'ja',
  signIn: 'サインイン',
  asks: 'が、あなたの代わりにこのワークスペースで作業することを求めています。',
  name: '名前',
  password: 'パスワード',
  or: 'またはアクセストークンでサインイン',
  accessToken: 'アクセストークン',
  wrong: '正しくありません。入力内容を確認するか、ワークスペースの所有者に招待を依頼してください。',
  tooMany: '試行回数が多すぎます。数分待ってからやり直してください。',
  signedInAs: 'サインイン中のアカウント：',
  allow: '許可する',
  deny: '許可しない',
  denyHint: 'ご自身で今開始した操作の場合だけ許可してください。',
  code: 'コード',
  enterCode: 'ターミナルに表示されているコードを入力してください。',
  next: '続行',
  codeWrong: 'このコードは存在しないか、期限切れです。ターミナルでやり直してください。',
  confirmCode: 'ターミナルに同じコードが表示されていますか。',
  yes: 'はい、続行します',
  no: 'いいえ、中止します',
  done: 'サインインしました',
  close: 'ターミナルに戻ってください。このページは閉じてかまいません。',
  welcome: 'ようこそ、',
  choose: '12文字以上のパスワードを決めてください。文章にすると覚えやすく安全です。',
  repeat: 'もう一度入力',
  different: '二つの入力が一致しません。',
  tooShort: 'パスワードは12文字以上256文字以下にしてください。',
  set: 'パスワードを設定',
  passwordSet: 'パスワードを設定しました',
  passwordDone: '「ridgeline login」、またはサインイン画面でお使いください。',
  gone: 'この操作は（すでに）無効です',
  goneHint:
    'リンクの期限切れか、使用済みです。最初からやり直すか、ワークスペースの所有者に連絡してください。',
};

/** @param accepted the header Accept-Language: the first language of the two that it names. */
export function wordsFor(accepted: string | undefined): Words {
  const first = (accepted ?? '')
    .split(',', 20)
    .map((range) => range.trim().slice(0, 2).toLowerCase())
    .find((language) => language === 'en' || language === 'ja');
  return first === 'ja' ? japanese : english;
}
