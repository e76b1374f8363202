// A tall filing cabinet with one drawer open, papers with black bars flying out of it.
import { INK, chance, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const random = chance(5)
  const paper = (x, y, turn, scale, bend = 0) => at(x, y, `
    ${solid(path(`M-84 -110Q${bend} ${-110 - bend} 84 -110Q${84 + bend} 0 84 110Q${bend} ${110 - bend} -84
      110Q${-84 + bend} 0 -84 -110Z`),
      INK.white, { shade: INK.clay, angle: 40, from: 0.5, strength: 0.7 })}
    ${times(7, n => {
      const hidden = random() > 0.45
      const wide = 60 + random() * 60
      return hidden ? solid(rect(-60, -88 + n * 27, wide, 18), INK.night)
        : line(path(`M-58 ${-79 + n * 27}h${wide - 4}`), INK.blue, 6)
    })}`, { turn, scale })

  // A front is 380 wide and 200 high; the handle stands on it, with a holder for a label.
  const front = (x, y, lit) => `
    ${solid(rect(x, y, 380, 200, 6), INK.teal, { shade: INK.pine, angle: lit ? 60 : 30, from: lit ? 0.5 : 0.2 })}
    ${line(path(`M${x + 12} ${y + 188}V${y + 12}H${x + 368}`), INK.sage, 5)}
    ${solid(rect(x + 120, y + 42, 140, 52, 6), INK.gold)}${solid(rect(x + 130, y + 50, 120, 36), INK.cream)}
    ${line(path(`M${x + 146} ${y + 68}h70`), INK.navy, 6)}
    ${line(path(`M${x + 126} ${y + 134}q0 26 24 26h80q24 0 24 -26`), INK.night, 18)}
    ${line(path(`M${x + 126} ${y + 128}q0 26 24 26h80q24 0 24 -26`), INK.gold, 14)}
    ${solid(circle(x + 344, y + 30, 12), INK.gold)}`

  const cabinet = `
    ${solid(polygon('1150,122 1270,62 1270,900 1150,984'), INK.night, { shade: INK.pine, angle: 180, from: 0.3,
      strength: 0.7 })}
    ${solid(polygon('750,122 1150,122 1270,62 880,62'), INK.sage, { shade: INK.teal, angle: 0, from: 0.3 })}
    ${solid(rect(750, 122, 400, 862), INK.pine)}
    ${front(760, 134)}${front(760, 558)}${front(760, 770)}
    ${solid(rect(760, 346, 380, 200), INK.night)}`

  // The open drawer comes towards us, down and to the left.
  const drawer = `
    ${within(rect(750, 122, 400, 862), dust(polygon('560,640 950,640 1140,560 1140,840 760,900'), INK.night,
      { angle: 270, from: -0.2, strength: 0.9 }))}
    ${solid(polygon('930,452 1140,356 1140,530 930,652'), INK.night, { shade: INK.pine, angle: 180, from: 0.2 })}
    ${solid(polygon('550,452 760,356 1140,356 930,452'), INK.night)}
    ${times(9, n => {
      const [x, y] = [754 - n * 22, 372 + n * 10]
      const colour = [INK.sand, INK.gold, INK.cream, INK.clay][n % 4]
      const tab = 30 + (n * 97) % 250
      return solid(path(`M${x} ${y + 76}V${y - 30}h${tab}l10 -24h70l10 24H${x + 370}V${y + 76}Z`), colour) +
        line(path(`M${x} ${y - 30}H${x + 370}`), INK.umber, 2)
    })}
    ${front(550, 452, true)}`

  return `
    ${solid(rect(0, 0, 1600, 1067), INK.gold, { shade: INK.ochre, angle: 340, from: 0.3, strength: 0.9 })}
    ${solid(circle(560, 390, 430), INK.cream, { shade: INK.sand, angle: 60, from: 0.3, strength: 1 })}
    ${solid(polygon('0,900 1600,900 1600,1067 0,1067'), INK.red, { shade: INK.brick, angle: 30, from: 0.2,
      strength: 1 })}
    ${within(rect(0, 900, 1600, 167), dust(polygon('1150,984 1270,900 1600,900 1600,1000 1420,1067 1150,1067'),
      INK.night, { angle: 180, from: -0.4 }))}
    ${paper(1010, 250, -10, 0.9)}
    ${cabinet}${drawer}
    ${paper(700, 330, 14, 1, 14)}${paper(846, 286, -16, 0.95, -12)}
    ${paper(560, 210, -22, 1.1, 16)}${paper(330, 330, 20, 1.25, -18)}${paper(430, 560, -34, 1, 12)}
    ${paper(190, 150, -12, 0.95, 14)}${paper(400, 80, 32, 0.8, 10)}${paper(200, 620, 16, 1.15, -12)}
      ${paper(720, 90, 18, 0.75, -10)}
    ${at(330, 950, dust(ellipse(0, 0, 150, 18), INK.night, { round: true }))}
      ${at(330, 934, `${solid(polygon('-120,10 -60,-16 120,-10 70,20'), INK.white)}
      ${line(path('M-64 4L70 -4'), INK.night, 8)}`)}
  `
}
