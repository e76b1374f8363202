// A plank bridge over a deep gorge, a small worker laying its last planks.
import { INK, chance, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, line, at }) => {
  const random = chance(3)
  // The bridge hangs from (x 330) to (x 1290); its far edge lies (26, -58) behind the near one.
  const [from, to] = [330, 1290]
  const sag = x => 560 + 96 * Math.sin((x - from) / (to - from) * Math.PI)
  const rope = (dx, dy) => Array.from({ length: 41 }, (_, n) => {
    const x = from + (to - from) * n / 40
    return `${n ? 'L' : 'M'}${(x + dx).toFixed(1)} ${(sag(x) + dy).toFixed(1)}`
  }).join('')
  const rail = (dx, dy) => Array.from({ length: 41 }, (_, n) => {
    const x = from + (to - from) * n / 40
    return `${n ? 'L' : 'M'}${(x + dx).toFixed(1)} ${(sag(x) + dy + 34 * Math.sin(n / 40 * Math.PI)).toFixed(1)}`
  }).join('')
  const hangers = (dx, dy) => times(15, n => {
    const x = from + 34 + n * 64
    return `M${x + dx} ${sag(x) + dy}v${-150 + 34 * Math.sin((x - from) / (to - from) * Math.PI)}`
  })
  const plank = (x, wide = 34) => {
    const [y0, y1] = [sag(x), sag(x + wide)]
    return `M${x} ${y0}L${x + 30} ${y0 - 62}L${x + wide + 30} ${y1 - 62}L${x + wide} ${y1}Z`
  }
  const thick = (x, wide = 34) => `M${x} ${sag(x)}L${x + wide} ${sag(x + wide)}v15L${x} ${sag(x) + 15}Z`
  const laid = Array.from({ length: 15 }, (_, n) => from + n * 41)

  const worker = at(880, 600, `
    ${solid(path('M-60 18Q-70 -30 -20 -40L60 -34Q82 -30 82 18H54L48 -4L0 -6L-20 18Z'), INK.navy)}
    ${solid(path('M-40 -26Q-56 -130 6 -150Q56 -150 62 -96L54 -24Q0 -6 -40 -26Z'), INK.teal, { shade: INK.pine,
      angle: 180, from: 0.3 })}
    ${line(path('M-34 -60H54M-30 -100H58'), INK.white, 8)}
    ${line(path('M34 -120Q80 -90 116 -50'), INK.pine, 28)}${solid(circle(122, -44, 15), INK.umber)}
    ${at(34, -132, `${line(path('M0 0Q40 -34 66 -84'), INK.teal, 28)}${solid(circle(70, -92, 15), INK.umber)}
      ${line(path('M60 -74L98 -152'), INK.sand, 9)}${at(98, -152, solid(rect(-34, -14, 68, 28, 5), INK.night),
        { turn: 26 })}`)}
    ${solid(circle(40, -176, 35), INK.umber)}
      ${solid(path('M0 -182Q0 -226 42 -226Q82 -224 84 -186L100 -180V-172L0 -176Z'), INK.white)}`, { scale: 1.12 })

  const cliff = (d, shade, angle) => solid(path(d), INK.brick, { shade, angle, from: 0.15, strength: 0.95 })
  const cracks = (x, way) => line(path(times(5, n => {
    const px = x + way * n * 78
    return `M${px} ${606 + (n % 2) * 30}l${way * 24} ${60 + random() * 50}l${-way * 30}
      ${50 + random() * 40}l${way * 36} ${70 + random() * 60}${n % 2 ? `l${-way * 20} 90l${way * 26} 70` : ''}`
  })), INK.night, 5)
  const facets = solid(path(`M0 660L60 600L110 720L70 900L0 960ZM190 606L290 600L330 700L250 780L210 720ZM230 830L330
    870L350 1000L270 1067H190ZM1600 640L1530 606L1480 720L1540 860L1600 900ZM1380 610L1270 610L1240 660L1300 760L1370
      720ZM1310 830L1400 800L1440 960L1400 1067H1340Z`), INK.red, { shade: INK.brick, from: 0, strength: 1 })
  const post = (x, y) => `${solid(rect(x - 14, y - 190, 28, 210, 4), INK.umber, { shade: INK.night, angle: 0,
    from: 0.4 })}
    ${solid(rect(x - 20, y - 200, 40, 18, 5), INK.night)}
      ${line(path(`M${x - 16} ${y - 150}h32M${x - 16} ${y - 138}h32`), INK.sand, 6)}`

  return `
    ${solid(rect(0, 0, 1600, 1067), INK.gold, { shade: INK.red, angle: 90, from: 0.25, strength: 0.9 })}
    ${solid(circle(1000, 310, 230), INK.cream, { shade: INK.gold, angle: 90, from: 0.4, strength: 0.9 })}
    ${solid(path(`M0 420L150 410L200 330H420L470 430L640 440L690 380H860L900 450L1180 440L1230 350H1450L1500
      400H1600V1067H0Z`), INK.clay, { shade: INK.red, from: 0.2, strength: 0.7 })}
    ${solid(path('M380 590L560 570L700 584L860 572L1040 580L1240 566V1067H380Z'), INK.umber, { shade: INK.night,
      from: 0, strength: 1 })}
    ${solid(path(`M380 548L520 590L560 690L640 740L660 850L720 900L740 1067H300ZM1240 548L1110 590L1080 680L1000
      730L980 850L910 920L900 1067H1320Z`), INK.red, { shade: INK.brick, angle: 90, from: 0, strength: 1 })}
    ${line(path(`M430 640l90 14M450 740l140 22M470 850l150 26M500 960l170 22M1190 640l-80 10M1170 740l-120 20M1160
      850l-140 18M1130 960l-180 20`), INK.brick, 9)}
    ${solid(path('M690 1067L790 860L760 800L830 740L840 800L880 860L950 1067Z'), INK.teal, { shade: INK.sage,
      angle: 270, from: 0.3 })}
    ${line(path('M796 840h40M790 900h50M840 950h50M762 1000h70M860 1040h50'), INK.mist, 6)}
    ${solid(path(`M560 150h190a16 16 0 0 1 0 32h-190a16 16 0 0 1 0 -32ZM640 204h210a14 14 0 0 1 0 28h-210a14 14 0 0 1
      0 -28ZM1190 130h180a14 14 0 0 1 0 28h-180a14 14 0 0 1 0 -28ZM420 300h120a12 12 0 0 1 0 24h-120a12 12 0 0 1 0
        -24Z`), INK.cream)}
    ${line(path('M150 130l26 14l26 -14M230 180l20 12l20 -12M330 120l22 12l22 -12'), INK.night, 7)}
    ${cliff('M0 540L120 520L250 540L420 548L440 620L380 700L430 800L350 900L400 1067H0Z', INK.night, 100)}
    ${cliff('M1600 520L1440 536L1260 548L1190 560L1230 640L1180 720L1260 820L1210 930L1290 1067H1600Z', INK.night,
      60)}
    ${solid(path('M0 540L120 520L250 540L420 548L410 590L300 578L180 588L0 580Z'), INK.sand)}
    ${solid(path('M1600 520L1440 536L1260 548L1190 560L1210 598L1340 584L1460 592L1600 570Z'), INK.sand)}
    ${facets}${cracks(30, 1)}${cracks(1575, -1)}
    ${line(path(rail(26, -208)), INK.umber, 7)}${line(path(hangers(26, -58)), INK.umber, 4)}${post(356, 500)}
      ${post(1316, 502)}
    ${line(path(rope(26, -58)), INK.umber, 9)}
    ${solid(path(laid.map(x => plank(x)).join('')), INK.sand, { shade: INK.clay, angle: 0, from: 0.2,
      strength: 0.8 })}
    ${solid(path(laid.map(x => thick(x)).join('')), INK.umber)}
    ${at(1010, 566, `${solid(polygon('-6,50 30,-44 74,-36 38,58'), INK.cream)}
      ${solid(polygon('-6,50 38,58 38,74 -6,66'), INK.umber)}`, { turn: -16 })}
    ${worker}
    ${line(path(rope(0, 18)), INK.night, 10)}
    ${line(path(rail(0, -150)), INK.night, 8)}${line(path(hangers(0, 0)), INK.night, 5)}
    ${post(330, 570)}${post(1290, 572)}
    ${at(196, 540, `${times(6, n => `${solid(polygon(`${-140 + (n % 2) * 14},${-n * 22}
      ${110 + (n % 2) * 14},${-n * 22} ${110 + (n % 2) * 14},${-n * 22 - 18} ${-140 + (n % 2) * 14},${-n * 22 - 18}`),
        n % 2 ? INK.sand : INK.cream)}`)}
      ${line(path('M-140 -2H114M-126 -24H124M-140 -46H110'), INK.umber, 4)}
        ${line(path('M-70 6V-132M60 6V-132'), INK.night, 7)}`)}
    ${at(1470, 540, `${solid(path(`M-14 10L-8 -150L-60 -220L-50 -228L-4 -180L6 -290L18 -290L18 -190L70 -240L80 -230L22
      -150L26 10Z`), INK.night)}
      ${solid(ellipse(-60, -250, 80, 48), INK.pine)}${solid(ellipse(74, -270, 90, 54), INK.pine)}
        ${solid(ellipse(10, -320, 96, 56), INK.teal, { shade: INK.pine, angle: 40, from: 0.3 })}`)}
  `
}
