import icon from './icon.svg'

export function Brand() {
  return (
    <p className="brand">
      <img src={icon} alt="" width="28" height="28" />
      Harbour <span>Casework</span>
    </p>
  )
}
