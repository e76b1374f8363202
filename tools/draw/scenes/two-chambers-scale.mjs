// A golden balance before a red sun; its two pans carry two little domed halls.
import { INK, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const rays = times(18, n => {
    const [a, b] = [n * 20 - 4, n * 20 + 4].map(d => d * Math.PI / 180)
    return `M800 470 L${(800 + 1300 * Math.cos(a)).toFixed(0)} ${(470 + 1300 * Math.sin(a)).toFixed(0)}
      L${(800 + 1300 * Math.cos(b)).toFixed(0)} ${(470 + 1300 * Math.sin(b)).toFixed(0)} z `
  })
  const chains = (x, bottom) => line(path(`M${x} 270 L${x - 220} 706 M${x} 270 L${x + 220} 706 M${x} 270 V${bottom}`),
    INK.gold, 6, 'stroke-dasharray="1 11"')
  const pan = x => `
    ${solid(path(`M${x - 236} 700 h472 q-60 92 -236 92 q-176 0 -236 -92 z`), INK.gold, { shade: INK.umber, angle: 20,
      from: 0.3 })}
    ${solid(rect(x - 248, 690, 496, 20, 10), INK.cream, { shade: INK.gold, angle: 0, from: 0.3 })}`
  const columns = (count, left, step, top, bottom) => path(times(count, n => `M${left + n * step} ${top} h15 V${bottom}
    h-15 z `))
  const tall = x => at(x, 690, `
    ${solid(path('M-176 0 v-16 h12 v-14 h328 v14 h12 v16 z'), INK.sand)}
    ${solid(rect(-156, -118, 312, 88), INK.navy)}${solid(columns(9, -150, 35.6, -118, -30), INK.cream)}
    ${solid(rect(-166, -136, 332, 20), INK.cream, { shade: INK.clay, angle: 0, from: 0.3 })}
    ${solid(polygon('-74,-136 74,-136 0,-176'), INK.sand)}
    ${solid(rect(-72, -212, 144, 62), INK.blue)}${solid(columns(6, -70, 25, -212, -160), INK.cream)}
    ${solid(rect(-84, -226, 168, 16), INK.cream, { shade: INK.clay, angle: 0, from: 0.3 })}
    ${solid(path('M-76 -226 q0 -98 76 -98 q76 0 76 98 z'), INK.cream, { shade: INK.clay, angle: 0, from: 0.35,
      strength: 1 })}
    ${line(path('M-40 -228 q4 -72 34 -92 M0 -228 v-94 M40 -228 q-4 -72 -34 -92'), INK.sand, 4)}
    ${solid(rect(-14, -352, 28, 32, 4), INK.cream)}${solid(path('M-18 -350 q18 -30 36 0 z'), INK.gold)}
    ${line(path('M0 -364 v-22'), INK.gold, 5)}`)
  const wide = x => at(x, 690, `
    ${solid(path('M-190 0 v-16 h12 v-14 h356 v14 h12 v16 z'), INK.sand)}
    ${solid(rect(-170, -128, 340, 98), INK.cream, { shade: INK.clay, angle: 0, from: 0.35, strength: 0.95 })}
    ${solid(path(times(3, n => `M${-152 + n * 36} -30 v-54 a12 12 0 0 1 24 0 v54 z M${56 + n * 36} -30 v-54 a12 12 0 0
      1 24 0 v54 z `)), INK.navy)}
    ${solid(rect(-50, -120, 100, 90), INK.navy)}${solid(columns(5, -52, 22, -120, -30), INK.white)}
    ${solid(polygon('-70,-126 70,-126 0,-176'), INK.white, { shade: INK.sand, angle: 0, from: 0.3 })}
    ${solid(rect(-180, -146, 360, 20), INK.sand)}
    ${solid(polygon('-66,-128 66,-128 0,-172'), INK.white, { shade: INK.clay, angle: 0, from: 0.4 })}
    ${solid(rect(-118, -174, 236, 30), INK.cream, { shade: INK.clay, angle: 0, from: 0.4 })}
    ${solid(polygon('-66,-128 66,-128 0,-176'), INK.white, { shade: INK.sand, angle: 0, from: 0.4 })}
    ${solid(path('M-110 -174 q10 -94 110 -94 q100 0 110 94 z'), INK.sage, { shade: INK.pine, angle: 0, from: 0.3,
      strength: 1 })}
    ${line(path('M-62 -176 q6 -66 46 -88 M0 -176 v-90 M62 -176 q-6 -66 -46 -88'), INK.teal, 4)}
    ${solid(rect(-13, -296, 26, 30, 4), INK.cream)}${solid(path('M-18 -294 q18 -28 36 0 z'), INK.gold)}
    ${line(path('M0 -308 v-20'), INK.gold, 5)}`)
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.navy, { shade: INK.night, round: true, from: 0.3 })}
    ${dust(path(rays), INK.blue, { round: true, from: 0.2, strength: 0.9 })}
    ${solid(circle(800, 470, 330), INK.red, { shade: INK.brick, round: true, from: 0.4, strength: 0.9 })}
    ${solid(rect(0, 930, 1600, 137), INK.teal, { shade: INK.night, from: 0.1, strength: 0.9 })}
    ${line(path('M0 930 H1600'), INK.sage, 6)}
    ${dust(ellipse(800, 984, 420, 40), INK.night, { round: true, strength: 1 })}
    ${dust(ellipse(390, 990, 280, 26), INK.night, { round: true, strength: 0.8 })}
    ${dust(ellipse(1210, 990, 280, 26), INK.night, { round: true, strength: 0.8 })}
    ${solid(path('M560 984 q0 -40 60 -40 h360 q60 0 60 40 z'), INK.gold, { shade: INK.umber, angle: 0, from: 0.4 })}
    ${solid(path('M650 944 q120 -14 128 -90 h44 q8 76 128 90 z'), INK.gold, { shade: INK.umber, angle: 0, from: 0.4 })}
    ${solid(path('M780 300 h40 l12 560 h-64 z'), INK.gold, { shade: INK.umber, angle: 0, from: 0.35, strength: 1 })}
    ${solid(path('M752 852 h96 v22 h-96 z M762 330 h76 v18 h-76 z M758 620 h84 v18 h-84 z'), INK.cream)}
    ${solid(path(`M800 214 C690 214 560 260 390 246 L384 278 C570 296 700 256 800 270 C900 256 1030 296 1216 278 L1210
      246 C1040 260 910 214 800 214 z`), INK.gold, { shade: INK.ochre, from: 0.35 })}
    ${line(path('M800 220 C690 220 560 266 394 252 M800 220 C910 220 1040 266 1206 252'), INK.cream, 5)}
    ${solid(circle(800, 242, 58), INK.gold, { shade: INK.umber, angle: 40, from: 0.3 })}
    ${solid(circle(800, 242, 24), INK.navy)}
    ${solid(path('M784 186 L800 90 L816 186 z'), INK.cream, { shade: INK.gold, angle: 0, from: 0.4 })}
    ${solid(circle(800, 92, 18), INK.gold)}
    ${solid(circle(390, 262, 26), INK.cream)}${solid(circle(1210, 262, 26), INK.cream)}
    ${tall(390)}${wide(1210)}${chains(390, 300)}${chains(1210, 356)}${pan(390)}${pan(1210)}`
}
