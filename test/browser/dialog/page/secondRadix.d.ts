declare module 'second-radix' {
  export * from '@radix-ui/react-dialog'
}
