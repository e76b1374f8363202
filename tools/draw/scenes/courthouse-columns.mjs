// A small figure with a briefcase climbs courthouse steps between tall columns, towards a lit door.
import { INK, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const column = x => at(x, 0, `
    ${solid(path('M-58 250L-68 836H68L58 250Z'), INK.cream, { shade: INK.sand, angle: 0, from: 0.1, strength: 0.7 })}
    ${line(path(times(6, n => `M${-42 + n * 17} 262L${-50 + n * 20} 826`)), INK.sand, 6)}
    ${dust(path('M-10 250L-10 836H68L58 250Z'), INK.navy, { angle: 0, from: 0.05, strength: 1 })}
    ${solid(path('M-64 234H64Q66 254 58 254H-58Q-66 254 -64 234Z'), INK.sand)}
    ${solid(path('M-92 172H92V200Q88 236 60 236H-60Q-88 236 -92 200Z'),
      INK.white, { shade: INK.sand, angle: 0, from: 0.3, strength: 1 })}
    ${line(circle(-70, 206, 15), INK.ochre, 6)}${line(circle(70, 206, 15), INK.ochre, 6)}
    ${line(path('M-54 194H54'), INK.ochre, 5)}
    ${solid(rect(-78, 832, 156, 22, 8), INK.sand)}
    ${solid(rect(-88, 852, 176, 30, 4), INK.white, { shade: INK.sand, angle: 0, from: 0.3 })}`)
  const steps = times(6, n => {
    const y = 880 + n * 16 + n * n * 3.4
    const high = 16 + (2 * n + 1) * 3.4
    return `${solid(rect(0, y, 1600, high * 0.45), INK.white)}
    ${solid(rect(0, y + high * 0.45, 1600, high * 0.55 + 1), INK.sand)}`
  })
  const figure = `
    ${solid(path('M-38 -104H-2L-10 -4H-40Z'), INK.night)}${solid(path('M2 -104H38L42 -26H14Z'), INK.night)}
    ${solid(path('M-48 0q2 -18 20 -18h20v18Z M10 -22q2 -16 20 -16h18v16Z'), INK.umber)}
    ${solid(path('M-54 -86L-46 -208Q-40 -232 0 -234Q40 -232 46 -208L54 -86Q0 -72 -54 -86Z'),
      INK.red, { shade: INK.brick, angle: 90, from: 0.2, strength: 1 })}
    ${line(path('M0 -140V-82'), INK.brick, 4)}${line(path('M-38 -212L-58 -120'), INK.brick, 26)}
    ${line(path('M38 -212L64 -118'), INK.brick, 26)}
    ${solid(circle(-60, -102, 13), INK.umber)}${solid(circle(66, -98, 13), INK.umber)}
    ${line(path('M52 -88v-12h28v12'), INK.umber, 6)}
    ${solid(rect(26, -90, 82, 58, 6), INK.gold, { shade: INK.ochre, from: 0.2 })}
    ${solid(rect(58, -74, 18, 14, 3), INK.umber)}
    ${solid(rect(-15, -252, 30, 28), INK.umber)}${solid(circle(0, -272, 38), INK.umber)}
    ${solid(path('M-39 -276Q-38 -316 0 -316Q38 -316 39 -276Q36 -244 0 -242Q-36 -244 -39 -276Z'), INK.night)}`
  return `
    ${solid(rect(0, 0, 1600, 900), INK.night)}
    ${solid(rect(0, 150, 1600, 734), INK.navy, { shade: INK.teal, angle: 90, from: 0.35, strength: 0.85 })}
    ${line(path(times(8, n => `M0 ${262 + n * 82}H1600`) + times(8, n => times(6, k => `M${n % 2 * 140 + k * 280}
      ${262 + n * 82}v82`))), INK.night, 4)}
    ${dust(ellipse(800, 620, 330, 420), INK.gold, { round: true, from: 0.2, strength: 0.85 })}
    ${solid(path('M676 884V470A124 124 0 0 1 924 470V884Z'), INK.cream)}
    ${solid(path('M700 884V470A100 100 0 0 1 900 470V884Z'),
      INK.gold, { shade: INK.white, angle: 90, from: 0.1, strength: 1 })}
    ${line(path('M700 470H900M800 372V470M800 470L728 398M800 470L872 398'), INK.umber, 8)}
    ${solid(polygon('700,474 742,490 742,872 700,884'), INK.umber)}
    ${solid(polygon('900,474 858,490 858,872 900,884'), INK.umber)}
    ${solid(path('M708 520l26 6v120l-26 4Z M708 690l26 -2v150l-26 8Z M892 520l-26 6v120l26 4Z ' +
      'M892 690l-26 -2v150l26 8Z'), INK.brick)}
    ${solid(path('M782 334H818L812 384H788Z'), INK.white, { shade: INK.sand, angle: 0, from: 0.2 })}
    ${[70, 310, 550, 1050, 1290, 1530].map(column).join('')}
    ${solid(rect(0, 132, 1600, 44), INK.white, { shade: INK.sand, from: 0.3 })}
    ${solid(rect(0, 70, 1600, 62), INK.cream)}
    ${times(14, n => solid(rect(24 + n * 116, 78, 56, 46), INK.sand))}
    ${line(path(times(14, n => `M${38 + n * 116} 82v38M${52 + n * 116} 82v38M${66 + n * 116} 82v38`)), INK.ochre, 5)}
    ${solid(rect(0, 52, 1600, 20), INK.white)}${dust(rect(0, 128, 1600, 60), INK.navy, { from: -0.2, strength: 0.5 })}
    ${steps}
    ${dust(rect(0, 880, 1600, 187), INK.navy, { angle: 180, from: 0.45, strength: 1 })}
    ${dust(rect(0, 880, 1600, 187), INK.navy, { angle: 0, from: 0.45, strength: 1 })}
    ${within(rect(0, 880, 1600, 187), dust(polygon('690,880 910,880 1120,1067 480,1067'),
      INK.gold, { angle: 90, from: -0.9, strength: 0.95 }))}
    ${dust(polygon('760,960 850,960 910,1067 720,1067'), INK.umber, { from: -0.6, strength: 1 })}
    ${at(802, 968, figure, { scale: 0.9 })}
  `
}
