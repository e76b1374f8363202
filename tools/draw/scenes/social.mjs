// The Capitol's dome before a red sun, at night.
import { INK, chance, circle, path, rect, times } from '../ink.mjs'

export const width = 1200
export const height = 630

export const draw = ({ solid, dust, line, at }) => {
  const random = chance(3)
  const pillars = (count, x, y, step, wide, high) => times(count, n => solid(rect(x + n * step, y, wide, high),
    INK.white))
  const dome = `
    ${solid(rect(-236, 470, 472, 180), INK.navy)}${pillars(16, -232, 474, 30, 17, 180)}
    ${solid(rect(-258, 446, 516, 30, 4), INK.white)}${solid(rect(-246, 434, 492, 14), INK.sand)}
    ${solid(rect(-166, 398, 332, 40), INK.cream)}
    ${solid(rect(-152, 292, 304, 108), INK.navy)}${pillars(13, -150, 296, 23.6, 14, 104)}
    ${solid(rect(-172, 272, 344, 24, 4), INK.white)}${solid(rect(-136, 240, 272, 34), INK.cream)}
    ${solid(path(times(11, n => `M${-124 + n * 23} 268v-12a8 8 0 0 1 16 0v12Z`)), INK.navy)}
    ${solid(rect(-144, 230, 288, 12, 3), INK.white)}
    ${solid(path('M-132 232C-130 136 -66 84 0 84C66 84 130 136 132 232Z'),
      INK.white, { shade: INK.sand, angle: 0, from: 0.25, strength: 0.9 })}
    ${line(path('M0 84V230M0 86C-34 104 -46 160 -48 230M0 86C-74 104 -94 160 -96 230M0 86C34 104 46 160 48 230M0 86' +
      'C74 104 94 160 96 230'), INK.ochre, 4)}
    ${solid(rect(-30, 74, 60, 12, 3), INK.cream)}${solid(rect(-20, 40, 40, 36), INK.navy)}
    ${line(path('M-16 42V74M-5 42V74M6 42V74M16 42V74'), INK.white, 5)}
    ${solid(path('M-26 42Q0 6 26 42Z'), INK.gold)}${line(path('M0 24V0'), INK.gold, 6)}
    ${dust(path('M8 84C66 84 130 136 132 232L172 272V296L152 300V398L166 434L258 446V476L240 480V650H30Z'),
      INK.navy, { angle: 0, from: 0.05, strength: 1 })}`
  return `
    ${solid(rect(0, 0, 1200, 630), INK.navy, { shade: INK.night, angle: 200, from: 0.2, strength: 1 })}
    ${dust(rect(560, 0, 640, 630), INK.teal, { angle: 340, from: 0.3, strength: 0.9 })}
    ${line(path(times(46, () => `M${(random() * 1200).toFixed()} ${(random() * 420).toFixed()}h0.1`)), INK.sage, 4)}
    ${dust(circle(600, 350, 400), INK.red, { round: true, from: 0.45, strength: 0.75 })}
    ${solid(circle(600, 344, 262), INK.red, { shade: INK.brick, angle: 60, from: 0.2, strength: 0.95 })}
    ${line(path('M90 166H270M150 192H366M920 226H1120M872 252H1030M60 430H210M1040 470H1180'), INK.cream, 9)}
    ${at(600, 16, dome)}
  `
}
