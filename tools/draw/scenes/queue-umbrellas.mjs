// In the rain a queue of figures under coloured umbrellas leads to a lit counter.
import { INK, chance, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const random = chance(64)
  const rain = count => times(count, () => {
    const [x, y, l] = [random() * 1750 - 50, random() * 1067, 24 + random() * 50]
    return `M${x.toFixed(0)} ${y.toFixed(0)} l${(-l * 0.3).toFixed(0)} ${l.toFixed(0)} `
  })
  // A figure from behind, its feet at the origin, about 400 high with the umbrella.
  const figure = (x, y, scale, umbrella, dark, coat, skin, hat) => at(x, y, `
    ${dust(path('M-60 8 L70 8 L90 190 L-80 190 z'), umbrella, { angle: 270, from: 0.2, strength: 0.75 })}
    ${dust(ellipse(0, 4, 84, 16), INK.night, { round: true, strength: 1 })}
    ${solid(path('M-34 -80 h30 v82 h-34 z M6 -80 h30 l4 82 h-34 z'), INK.night)}
    ${line(path('M46 -170 L50 -226'), coat, 24)}
    ${solid(path('M-46 -226 q46 -28 92 0 l16 160 q-62 18 -124 0 z'), coat, { shade: INK.night, angle: 180, from: 0.35,
      strength: 0.8 })}
    ${line(path('M-44 -212 L-62 -110'), coat, 22)}
    ${solid(circle(0, -262, 32), skin)}
    ${solid(path(hat ? 'M-58 -264 q0 -12 20 -12 q-6 -40 38 -40 q44 0 38 40 q20 0 20 12 z' : `M-36 -236 q-14 -66 36 -66
      q50 0 36 66 q-36 12 -72 0 z`), hat || INK.night)}
    ${line(path('M54 -206 V-400'), INK.night, 7)}${solid(circle(52, -200, 14), skin)}
    ${solid(path(`M-118 -308 C-110 -440 10 -480 54 -484 C98 -480 218 -440 226 -308 Q198 -330 168 -308 Q140 -332
      111 -308 Q82 -332 54 -308 Q26 -332 -3 -308 Q-32 -332 -60 -308 Q-90 -330 -118 -308 z`), umbrella,
        { shade: dark, angle: 180, from: 0.35, strength: 0.95 })}
    ${line(path(`M54 -482 Q-52 -420 -60 -312 M54 -482 Q4 -420 -3 -312 M54 -482 Q104 -420 111 -312 M54 -482 Q160 -420
      168 -312`), dark, 4)}
    ${line(path('M54 -484 V-506'), INK.night, 7)}`, { scale })
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.blue, { shade: INK.mist, angle: 90, from: 0, strength: 1.25 })}
    ${solid(path(`M0 640 V230 h110 V120 h130 v160 h90 V70 h120 v170 h90 V160 h130 v110 h90 v-90 h110 v200 h90 V640
      z`), INK.navy, { shade: INK.blue, from: 0.1, strength: 1 })}
    ${solid(path(times(44, n => (n % 3 ? `M${26 + (n % 11) * 78} ${296 + Math.floor(n / 11) * 44} h16 v22 h-16 z
      ` : '')) + `M140 150 h16 v22 h-16 z M190 150 h16 v22 h-16 z M140 200 h16 v22 h-16 z M360 104 h16 v22 h-16 z M404
        104 h16 v22 h-16 z M404 152 h16 v22 h-16 z M360 200 h16 v22 h-16 z M570 200 h16 v22 h-16 z M616 200 h16 v22
          h-16 z`), INK.gold)}
    ${line(path(rain(70)), INK.sage, 3)}
    ${solid(polygon('0,640 1600,620 1600,1067 0,1067'), INK.teal, { shade: INK.night, angle: 90, from: 0.15,
      strength: 0.9 })}
    ${line(path('M-20 730 H1100 M-20 850 H1620 M200 640 L-60 900 M520 636 L330 1067 M860 632 L860 1067'), INK.pine, 4)}
    ${dust(polygon('1010,640 1500,640 1600,1010 760,1010'), INK.gold, { angle: 270, from: 0.1, strength: 0.95 })}
    ${solid(rect(960, 140, 640, 520), INK.navy, { shade: INK.night, angle: 0, from: 0.2 })}
    ${line(path('M960 560 H1600 M960 150 V650'), INK.blue, 8)}
    ${solid(rect(1040, 290, 420, 220, 6), INK.gold, { shade: INK.cream, round: true, from: 0, strength: 0.5 })}
    ${at(112, 0, `${solid(path('M1184 510 q2 -86 66 -86 q64 0 66 86 z'), INK.red, { shade: INK.brick, angle: 0,
      from: 0.4 })}${solid(circle(1250, 386, 38), INK.clay)}
    ${solid(path('M1208 386 q-8 -54 42 -54 q50 0 42 54 q-12 -26 -42 -26 q-30 0 -42 26 z'), INK.umber)}
    ${solid(polygon('1236,424 1264,424 1250,450'), INK.white)}`)}
    ${solid(path('M1070 506 v-70 h64 v70 z M1082 430 h64 v74 h-8 v-70 h-56 z'), INK.cream)}
    ${line(path('M1082 454 h40 M1082 472 h40 M1082 490 h26'), INK.blue, 5)}
    ${line(path('M1110 290 V330 M1260 290 V330'), INK.umber, 5)}
    ${solid(path('M1080 350 q30 -40 60 0 z M1230 350 q30 -40 60 0 z'), INK.umber)}
    ${line(rect(1040, 290, 420, 220, 6), INK.umber, 14)}
    ${solid(rect(1010, 506, 480, 34, 5), INK.clay, { shade: INK.umber, angle: 0, from: 0.3 })}
    ${solid(rect(1030, 540, 440, 112), INK.brick, { shade: INK.night, angle: 0, from: 0.3 })}
    ${line(path('M1060 560 h110 v74 h-110 z M1196 560 h110 v74 h-110 z M1332 560 h110 v74 h-110 z'), INK.red, 5)}
    ${solid(path(times(8, n => `M${1000 + n * 62.5} 190 h62.5 l0 88 q-31 34 -62.5 0 z `)), INK.cream,
      { shade: INK.sand, from: 0.5 })}
    ${solid(path(times(4, n => `M${1000 + n * 125} 190 h62.5 v88 q-31 34 -62.5 0 z `)), INK.red,
      { shade: INK.brick, from: 0.5 })}
    ${solid(rect(988, 166, 524, 28, 8), INK.umber)}
    ${figure(1190, 700, 0.72, INK.sage, INK.teal, INK.navy, INK.sand)}
    ${figure(1052, 734, 0.8, INK.gold, INK.umber, INK.umber, INK.clay, INK.navy)}
    ${figure(900, 776, 0.9, INK.navy, INK.night, INK.red, INK.umber)}
    ${figure(734, 826, 1.02, INK.red, INK.brick, INK.cream, INK.umber)}
    ${figure(540, 886, 1.16, INK.cream, INK.clay, INK.navy, INK.sand, INK.gold)}
    ${figure(316, 960, 1.34, INK.gold, INK.umber, INK.brick, INK.clay)}
    ${figure(60, 1050, 1.56, INK.sage, INK.pine, INK.blue, INK.umber, INK.night)}
    ${line(path(rain(80)), INK.mist, 3)}
    ${line(path(times(16, n => `M${(n * 211) % 1600} ${800 + (n * 83) % 250} h${36 + n % 3 * 14} m-26 10 h16 `)),
      INK.sage, 4)}`
}
