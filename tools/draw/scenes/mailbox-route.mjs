// A dotted route winds over green hills from a house by a mailbox to a hall where votes are counted.
import { INK, chance, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const random = chance(19)
  const tree = (x, y, scale, leaf, deep) => at(x, y, `
    ${dust(ellipse(36, 0, 80, 14), INK.night, { round: true, strength: 0.9 })}
    ${solid(rect(-8, -60, 16, 62), INK.umber)}${solid(ellipse(0, -110, 58, 72), leaf, { shade: deep, angle: 20,
      from: 0.35 })}`, { scale })
  const pine = (x, y, s, colour) => polygon(`${x},${y - 110 * s} ${x + 34 * s},${y} ${x - 34 * s},${y}`)
    .replace('<polygon', `<polygon fill="${colour}"`)

  const house = at(286, 866, `
    ${dust(polygon('130,0 190,-30 420,20 150,46'), INK.night, { angle: 180, from: 0, strength: 1 })}
    ${solid(polygon('-150,0 -150,-170 0,-290 0,0'), INK.white)}
      ${solid(polygon('-150,-170 -75,-290 0,-170 0,0 -150,0'), INK.white, { shade: INK.sand, from: 0.4 })}
    ${solid(polygon('0,0 0,-170 190,-170 190,0'), INK.sand, { shade: INK.clay, angle: 0, from: 0.3 })}
    ${solid(polygon('-75,-306 130,-306 212,-156 0,-156'), INK.red, { shade: INK.brick, angle: 60, from: 0.3 })}
    ${solid(polygon('-75,-306 -58,-296 -150,-150 -172,-152'), INK.brick)}${solid(rect(90, -350, 40, 80), INK.brick)}
    ${solid(rect(-104, -110, 58, 110, 4), INK.teal)}${solid(circle(-58, -52, 5), INK.gold)}
    ${solid(path('M30 -120h50v60h-50ZM116 -120h50v60h-50ZM-94 -196h38v40h-38Z'), INK.gold)}
    ${line(path('M55 -120v60M30 -90h50M141 -120v60M116 -90h50'), INK.white, 5)}
    ${line(path('M110 -360q-20 -30 6 -52t-4 -56'), INK.cream, 12)}`, { scale: 1.05 })

  const mailbox = at(800, 796, `
    ${dust(polygon('84,0 110,-30 400,26 100,44'), INK.night, { angle: 180, from: 0, strength: 1 })}
    ${solid(path('M-104 -24h38v44h-38ZM66 -24h38v44h-38Z'), INK.night)}
    ${solid(path('M-118 -10V-256Q-118 -366 0 -366Q118 -366 118 -256V-10Z'), INK.blue, { shade: INK.night, angle: 15,
      from: 0.35, strength: 0.9 })}
    ${line(path('M-94 -40V-256Q-94 -342 0 -342'), INK.sage, 6)}
    ${solid(rect(-86, -276, 172, 60, 12), INK.night)}${solid(path('M-92 -232H92V-206H-92Z'), INK.navy)}
    ${at(8, -286, `${solid(rect(-60, -46, 120, 84, 4), INK.white)}${line(path('M-60 -46L0 6L60 -46'), INK.red, 6)}`,
      { turn: -8 })}
    ${solid(rect(-92, -246, 184, 22, 6), INK.navy)}
    ${solid(path('M-66 -160H66V-60H-66Z'), INK.cream)}
      ${line(path('M-66 -160L0 -102L66 -160M-66 -60L-20 -116M66 -60L20 -116'), INK.blue, 6)}`)

  const hall = at(1270, 500, `
    ${dust(ellipse(60, 10, 330, 26), INK.night, { round: true, strength: 1 })}
    ${solid(rect(-210, -150, 420, 150), INK.umber)}
    ${solid(path(times(7, n => `M${-200 + n * 62} -150h28v150h-28Z`)), INK.white, { shade: INK.clay, angle: 0,
      from: 0.3, strength: 0.8 })}
    ${solid(path('M-236 -8H236V14H-236ZM-256 14H256V36H-256ZM-226 -172H226V-148H-226Z'), INK.cream)}
    ${solid(polygon('-240,-172 0,-258 240,-172'), INK.white, { shade: INK.sand, angle: 40, from: 0.3 })}
    ${solid(rect(-84, -300, 168, 62), INK.sand)}${line(path('M-50 -286v40M-17 -286v40M17 -286v40M50 -286v40'),
      INK.umber, 12)}${solid(path('M-90 -300Q-84 -400 0 -404Q84 -400 90 -300Z'), INK.gold, { shade: INK.ochre,
        angle: 20, from: 0.3 })}
    ${line(path('M0 -404V-448'), INK.night, 6)}${solid(polygon('2,-448 62,-432 2,-414'), INK.red)}
      ${solid(rect(-24, -92, 48, 92), INK.gold)}`)

  const envelope = (x, y, turn, scale) => at(x, y, `${solid(rect(-52, -34, 104, 68, 4), INK.white, { shade: INK.sand,
    angle: 40, from: 0.3 })}
    ${line(path('M-52 -34L0 10L52 -34'), INK.navy, 6)}${solid(circle(0, 8, 10), INK.red)}
    ${line(path('M-76 -18h-36M-76 4h-60M-76 26h-30'), INK.white, 7)}`, { turn, scale })

  const route = path(`M214 880C236 1000 430 1000 560 940S700 860 800 880S900 1010 1090 960S1500 850 1400 740S1010 720
    1000 640S1180 600 1270 540`)
  const field = d => line(path(d), INK.teal, 5)
  return `
    ${solid(rect(0, 0, 1600, 500), INK.cream, { shade: INK.gold, angle: 270, from: 0.1, strength: 0.8 })}
    ${solid(circle(620, 300, 130), INK.gold)}
    ${solid(path(`M150 170h230q-20 -44 -66 -32q-26 -44 -78 -18q-56 -4 -86 50ZM780 120h180q-18 -32 -54 -24q-22 -34 -62
      -14q-44 0 -64 38Z`), INK.white)}
    ${solid(path('M0 400Q240 260 520 380T1040 350T1600 300V700H0Z'), INK.mist, { shade: INK.sage, from: 0,
      strength: 1 })}
    ${solid(path('M0 520Q300 380 640 500Q900 560 1200 500T1600 470V900H0Z'), INK.sage, { shade: INK.teal, angle: 20,
      from: 0.5, strength: 0.8 })}
    ${Array.from({ length: 16 }, (_, n) => pine(40 + n * 62 + random() * 30,
      474 + Math.sin(n / 2.6) * -34 + random() * 16, 0.6 + random() * 0.3, n % 2 ? INK.teal : INK.pine)).join('')}
    ${hall}
    ${solid(path('M0 660Q240 560 520 640T1000 690T1600 600V1067H0Z'), INK.sage, { shade: INK.teal, from: 0.1,
      strength: 0.65 })}
    ${field('M1120 690Q1340 660 1600 650M1140 730Q1340 700 1600 690M1180 770Q1380 740 1600 730')}
    ${solid(path('M0 820Q300 740 700 800T1600 800V1067H0Z'), INK.teal, { shade: INK.pine, angle: 120, from: 0.2,
      strength: 0.9 })}
    ${line(route, INK.cream, 62)}${line(route, INK.sand, 50)}${line(route, INK.red, 17, 'stroke-dasharray="1 36"')}
    ${tree(70, 790, 1.1, INK.pine, INK.night)}${tree(560, 770, 0.9, INK.pine, INK.night)}
      ${tree(1090, 826, 0.75, INK.pine, INK.night)}
    ${house}${mailbox}
    ${tree(1500, 900, 1.3, INK.pine, INK.night)}${tree(1350, 1050, 1, INK.sage, INK.pine)}
      ${tree(70, 1060, 1, INK.sage, INK.pine)}
    ${envelope(1136, 900, -10, 1)}${envelope(1226, 640, -16, 0.7)}
  `
}
