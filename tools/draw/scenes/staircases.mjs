// A house cut open: from one floor five staircases lead to landings of different heights.
import { INK, chance, circle, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const random = chance(725)
  const [floor, rise, bay] = [936, 104, 226]
  const flights = [2, 4, 5, 3, 1]
  const walls = [INK.teal, INK.red, INK.gold, INK.blue, INK.sage]
  const shades = [INK.night, INK.brick, INK.umber, INK.night, INK.teal]
  const coats = [INK.gold, INK.navy, INK.red, INK.cream, INK.brick]
  const skins = [INK.umber, INK.clay, INK.umber, INK.sand, INK.umber]
  const left = n => 235 + n * bay
  const house = polygon('235,936 235,440 800,96 1365,440 1365,936')
  // One flight of eight steps from the origin to the right and up, 130 wide.
  const flight = (back) => {
    const steps = times(8, n => `V${-(n + 1) * rise / 8} H${(n + 1) * 16.5} `)
    return `${solid(path(`M0 0 ${steps} V${-rise + 22} L22 0 z`), back ? INK.sand : INK.white)}
      ${line(path(`M0 0 ${steps}`), INK.umber, 3)}
      ${line(path(`M4 -56 L128 ${-rise - 44}`), INK.night, 5)}
      ${line(path(times(5, n => `M${6 + n * 30} ${-56 - n * 22.5} v50 `)), INK.night, 3)}`
  }
  const person = (coat, skin) => `
    ${solid(path('M-14 -30 h12 v30 h-12 z M3 -30 h12 v30 h-12 z'), INK.night)}
    ${solid(path('M-17 -84 q17 -12 34 0 l6 58 h-46 z'), coat)}
    ${line(path('M-16 -78 L-25 -42 M16 -78 L25 -42'), coat, 9)}
    ${solid(circle(0, -102, 15), skin)}
    ${solid(path('M-16 -100 q-2 -22 16 -22 q18 0 16 22 q-16 -8 -32 0 z'), INK.night)}`
  const stairs = n => {
    const x = left(n)
    const top = floor - flights[n] * rise
    const side = flights[n] % 2
    return `
      ${times(flights[n], f => (f % 2
        ? `<g transform="translate(${x + 180} ${floor - f * rise}) scale(-1 1)">${flight(true)}</g>`
        : at(x + 48, floor - f * rise, flight(false))))}
      ${times(flights[n] - 1, f => solid(rect(f % 2 ? x + 6 : x + 172, floor - (f + 1) * rise, 46, 16), INK.sand))}
      ${solid(rect(side ? x + 172 : x + 6, top, 46, 16), INK.gold)}
      ${solid(rect(x + 6, top - 1, bay - 12, 17), INK.gold, { shade: INK.umber, angle: 0, from: 0.4 })}`
  }
  const upstairs = n => {
    const x = left(n)
    const top = floor - flights[n] * rise
    const door = flights[n] % 2 ? 52 : 128
    const who = flights[n] % 2 ? 146 : 76
    return `
      ${dust(circle(x + door + 28, top - 60, 110), INK.cream, { round: true, from: 0, strength: 0.7 })}
      ${solid(path(`M${x + door - 8} ${top} v-104 a36 36 0 0 1 72 0 v104 z`), INK.umber)}
      ${solid(path(`M${x + door} ${top} v-102 a28 28 0 0 1 56 0 v102 z`), INK.white, { shade: INK.gold, from: 0.3 })}
      ${solid(polygon(`${x + door},${top} ${x + door},${top - 108} ${x + door - 20},${top - 96}
        ${x + door - 20},${top + 2}`), INK.night)}
      ${at(x + who, top, person(coats[n], skins[n]), { scale: 0.95 })}`
  }
  const frame = (x, y, w, h) => `${solid(rect(x, y, w, h), INK.navy)}
  ${solid(rect(x + 8, y + 8, w - 16, h - 16), INK.cream)}
    ${solid(path(`M${x + 8} ${y + h - 8} l${(w - 16) * 0.4} ${-h * 0.4} l${(w - 16) * 0.3} ${h * 0.2}
      l${(w - 16) * 0.3} ${-h * 0.1} v${h * 0.3} z`), INK.teal)}`
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.navy, { shade: INK.night, angle: 270, from: 0.1, strength: 1 })}
    ${dust(rect(0, 500, 1600, 460), INK.blue, { angle: 90, from: 0, strength: 1 })}
    ${solid(path(times(60, () => `M${(random() * 1600).toFixed(0)} ${(random() * 560).toFixed(0)} l4 -4 l4 4 l-4 4 z
      `)), INK.cream)}
    ${solid(circle(1390, 190, 84), INK.cream, { shade: INK.clay, angle: 200, from: 0.4, strength: 0.7 })}
    ${solid(path(`M-10 950 C60 860 160 900 250 880 V1080 H-10 z M1340 900 C1440 840 1530 880 1620 850 V1080 H1340
      z`), INK.pine, { shade: INK.night, from: 0.2 })}
    ${solid(path(`M110 930 v-70 q-60 -40 -40 -110 q20 -70 50 -110 q40 50 50 110 q16 70 -40 110 v70 z M1470 930 v-60
      q-50 -40 -34 -100 q16 -60 44 -96 q34 40 44 96 q14 60 -34 100 v60 z`), INK.teal, { shade: INK.night, angle: 0,
        from: 0.2 })}
    ${solid(rect(0, 936, 1600, 131), INK.umber, { shade: INK.night, from: 0.1, strength: 0.9 })}
    ${solid(path('M1090 260 V110 h90 v210 z'), INK.brick, { shade: INK.night, angle: 0, from: 0.3 })}
    ${solid(rect(1078, 100, 114, 24, 4), INK.cream)}
    ${within(house, `
      ${times(5, n => solid(rect(left(n), 90, bay, 850), walls[n], { shade: shades[n], angle: 270, from: 0.25,
        strength: 0.95 }))}
      ${line(path(times(5, n => times(7, k => `M${left(n) + 16 + k * 32} 90 V936 `))), INK.night, 1)}
      ${dust(rect(235, 820, 1130, 116), INK.night, { angle: 90, from: 0, strength: 0.6 })}`)}
    ${frame(left(0) + 84, 476, 106, 80)}${frame(left(3) + 54, 380, 110, 90)}${frame(left(4) + 40, 560, 130, 96)}
    ${frame(left(1) + 126, 258, 76, 66)}
    ${line(path(`M${left(4) + 112} 366 V500 M800 110 V190`), INK.night, 5)}
    ${solid(path(`M${left(4) + 76} 530 q36 -60 72 0 z M764 222 q36 -60 72 0 z`), INK.gold)}
    ${times(5, stairs)}${times(5, upstairs)}
    ${line(path(times(4, n => `M${left(n + 1)} ${[320, 190, 190, 320][n]} V936 `)), INK.cream, 14)}
    ${line(path('M235 936 V476 M1365 476 V936'), INK.cream, 26)}
    ${solid(path('M160 470 L800 66 L1440 470 L1416 508 L800 122 L184 508 z'), INK.brick, { shade: INK.night, angle: 0,
      from: 0.4, strength: 0.7 })}
    ${line(path('M168 470 L800 72 L1432 470'), INK.red, 14)}
    ${solid(rect(190, 930, 1220, 42, 6), INK.cream, { shade: INK.clay, angle: 0, from: 0.4 })}
    ${line(path(times(15, n => `M${230 + n * 80} 936 v30 `)), INK.sand, 4)}
    ${times(5, n => (n === 2 ? '' : at(left(n) + [196, 30, 0, 200, 192][n], floor - 4, person([INK.red, INK.gold, 0,
      INK.red, INK.navy][n], skins[4 - n]), { scale: 0.9 })))}`
}
