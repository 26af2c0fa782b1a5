/**
 * Ways to write a path that one piece of code may take for the path and another for a different one:
 * encoded, in capitals, with doubled, trailing or turned slashes, with dot segments, with parameters.
 */
export function pathVariants(path: string): string[] {
  const name = path.slice(1)
  const first = name.charCodeAt(0).toString(16)
  const encoded = [...name].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('')
  const variants = [
    path,
    `/%${first}${name.slice(1)}`,
    `/%${first.toUpperCase()}${name.slice(1)}`,
    `/%25${first}${name.slice(1)}`,
    `/${encoded}`,
    path.toUpperCase(),
    `/${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    `/${encoded.toUpperCase().replace('%63', '%43')}`,
    `${path}/`,
    `${path}//`,
    `/${path}`,
    `//${path}`,
    `/%2f${name}`,
    `/%2F${name}`,
    `${path}%2f`,
    `/\\${name}`,
    `/.${path}`,
    `/%2e${path}`,
    `/public/..${path}`,
    `/public/%2e%2e${path}`,
    `/sign-in/..${path}`,
    `/session-security/..${path}`,
    `/..${path}`,
    `${path}/.`,
    `${path}/..${path}`,
    `${path};a=b`,
    `${path}?`,
    `${path}?a=b`,
    `/?${path}`,
    `${path}%3Fa`,
    `${path}%00`,
    `${path}%20`,
    `${path}.json`,
    `http://app.example${path}`,
    `http://app.example/%${first}${name.slice(1)}`,
  ]
  // A fragment never leaves a browser, but anybody may send one.
  return [...variants, `${path}#a`]
}
