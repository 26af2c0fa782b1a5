import type { ComponentPropsWithRef } from 'react'
import './designSystem.css'

interface ButtonProps extends ComponentPropsWithRef<'button'> {
  variant?: 'text' | 'contained'
}

/** As the buttons of design systems are: all that it is given reaches the element. */
export function Button({ variant = 'text', className = '', ...props }: ButtonProps) {
  return <button type="button" {...props} className={`ds-button ds-${variant} ${className}`} />
}

interface TypographyProps extends ComponentPropsWithRef<'p'> {
  variant?: 'body1' | 'h6'
  color?: 'text.primary' | 'text.secondary'
  component?: 'p' | 'h2'
}

export function Typography({
  variant = 'body1',
  color = 'text.primary',
  component: Component = 'p',
  className = '',
  ...props
}: TypographyProps) {
  const look = `ds-${variant} ds-${color.replace('.', '-')}`
  return <Component {...props} className={`${look} ${className}`} />
}
