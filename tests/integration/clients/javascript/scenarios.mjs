// What the official JavaScript SDK does when it is used as its documentation says; one scenario a run:
//   node scenarios.mjs NAME '{"url": …, "key": …, "secret": …, "refreshToken": …}'
// Prints the scenario's result as JSON. What is right is said by test_javascript.py.

import { createInterface } from 'node:readline/promises';
import dropboxSdk from 'dropbox';

const { Dropbox, DropboxAuth, bytesUpload, downloadFile, uploadFile } = dropboxSdk;
const [name, settings] = process.argv.slice(2);
const { url, key, secret, refreshToken, redirectUri, folder } = JSON.parse(settings);

// The SDK takes a fetch of ours: Dropbox's hosts are all one here.
const toEmulator = (address, options) => {
  const { pathname, search } = new URL(address);
  return fetch(new URL(pathname + search, url), options);
};
const client = (options = {}) => new Dropbox({
  fetch: toEmulator, clientId: key, clientSecret: secret, refreshToken, ...options,
});

async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    return { kind: error.name, status: error.status, error: error.error };
  }
  throw new Error('the call was to fail');
}

async function finished(launch, check) {
  let { result } = launch;
  while (result['.tag'] === 'in_progress' || result['.tag'] === 'async_job_id') {
    const id = result.async_job_id ?? launch.result.async_job_id;
    ({ result } = await check({ async_job_id: id }));
  }
  return result;
}

const scenarios = {
  async account() {
    const dropbox = client();
    const { result: account } = await dropbox.usersGetCurrentAccount();
    const { result: space } = await dropbox.usersGetSpaceUsage();
    const { result: user } = await dropbox.checkUser({ query: 'ping' });
    const { result: app } = await dropbox.checkApp({ query: 'pong' });
    return {
      name: account.name.display_name, id: account.account_id, used: space.used, echoes: [user.result, app.result],
    };
  },

  async files() {
    const dropbox = client();
    const uploaded = await dropbox.filesUpload({ path: '/Reçus/🧾 1.txt', contents: 'first' });
    const renamed = await dropbox.filesUpload({ path: '/Reçus/🧾 1.txt', contents: 'other', autorename: true });
    const downloaded = await dropbox.filesDownload({ path: uploaded.result.id });
    const copied = await dropbox.filesCopyV2({ from_path: uploaded.result.id, to_path: '/copy.txt' });
    const deleted = await dropbox.filesDeleteV2({ path: '/copy.txt' });
    return {
      names: [uploaded, renamed].map(({ result }) => result.name),
      content: downloaded.result.fileBinary.toString(),
      copied: copied.result.metadata.path_display,
      deleted: deleted.result.metadata['.tag'],
    };
  },

  async listing() {
    const dropbox = client();
    const pages = [];
    let { result } = await dropbox.filesListFolder({ path: '', recursive: true, limit: 2 });
    pages.push(result.entries.map((entry) => entry.name));
    while (result.has_more) {
      ({ result } = await dropbox.filesListFolderContinue({ cursor: result.cursor }));
      pages.push(result.entries.map((entry) => entry.name));
    }
    const waiting = dropbox.filesListFolderLongpoll({ cursor: result.cursor, timeout: 30 });
    await dropbox.filesDeleteV2({ path: '/a.txt' });
    const { result: changed } = await waiting;
    const { result: changes } = await dropbox.filesListFolderContinue({ cursor: result.cursor });
    return { pages, changes: changed.changes, entries: changes.entries.map((e) => [e['.tag'], e.name]) };
  },

  async batches() {
    const dropbox = client();
    const folders = await dropbox.filesCreateFolderBatch({ paths: ['/one', '/two', '/two', '/no|\\pe'] });
    const made = await finished(folders, (arg) => dropbox.filesCreateFolderBatchCheck(arg));
    const entries = ['a', 'b', 'c', 'none'].map((each) => ({ from_path: `/${each}.txt`, to_path: `/one/${each}.txt` }));
    const moves = await dropbox.filesMoveBatchV2({ entries });
    const moved = await finished(moves, (arg) => dropbox.filesMoveBatchCheckV2(arg));
    const copies = await dropbox.filesCopyBatchV2({ entries: [{ from_path: '/one', to_path: '/three' }] });
    const copied = await finished(copies, (arg) => dropbox.filesCopyBatchCheckV2(arg));
    const deletions = await dropbox.filesDeleteBatch({ entries: [{ path: '/one' }, { path: '/one' }] });
    const deleted = await finished(deletions, (arg) => dropbox.filesDeleteBatchCheck(arg));
    return Object.fromEntries(Object.entries({ made, moved, copied, deleted }).map(
      ([step, { entries: results }]) => [step, results.map((entry) => entry['.tag'])],
    ));
  },

  async transfers() {
    const dropbox = client();
    const bytes = Buffer.alloc(9 * 1024 * 1024 + 5, 'dropbox');
    const commit = (path) => ({ path, mode: { '.tag': 'overwrite' } });
    await uploadFile(dropbox, bytesUpload(bytes), commit('/sequential'), { chunkSize: 4 * 1024 * 1024 });
    await uploadFile(dropbox, bytesUpload(bytes), commit('/parallel'), { chunkSize: 4 * 1024 * 1024, parallelUploads: 3 });
    await downloadFile(dropbox, '/parallel', `${folder}/parallel`);
    await downloadFile(dropbox, '/parallel', `${folder}/ranged`, { chunkSize: 1024 * 1024, parallelDownloads: 3 });
    return {};
  },

  async link() {
    const auth = new DropboxAuth({ fetch: toEmulator, clientId: key });
    console.log(await auth.getAuthenticationUrl(redirectUri, 'state', 'code', 'offline', undefined, 'none', true));
    const code = await createInterface({ input: process.stdin }).question('');
    const { result } = await auth.getAccessTokenFromCode(redirectUri, code);
    const dropbox = client({ refreshToken: result.refresh_token, clientSecret: undefined });
    const { result: account } = await dropbox.usersGetCurrentAccount();
    return { id: account.account_id, same: account.account_id === result.account_id };
  },

  async revocation() {
    const dropbox = client();
    await dropbox.authTokenRevoke();
    return { old: await failure(dropbox.usersGetCurrentAccount()), refreshed: await failure(client().usersGetCurrentAccount()) };
  },

  async errors() {
    const dropbox = client();
    return {
      missing: await failure(dropbox.filesDownload({ path: '/none' })),
      conflict: await failure(dropbox.filesCreateFolderV2({ path: '/a.txt' })),
      slash: await failure(dropbox.filesListFolder({ path: '/' })),
      wrongType: await failure(dropbox.filesListFolder({ path: '', recursive: 'yes' })),
      wrongHash: await failure(dropbox.filesUpload({ path: '/x', contents: 'x', content_hash: '0'.repeat(64) })),
      malformed: await failure(client({ refreshToken: undefined, accessToken: 'nonsense' }).usersGetCurrentAccount()),
      unknown: await failure(client({ refreshToken: undefined, accessToken: `sl.${'x'.repeat(130)}` }).usersGetCurrentAccount()),
      limited: await failure(dropbox.usersGetSpaceUsage()),
    };
  },
};

console.log(JSON.stringify(await scenarios[name]()));
