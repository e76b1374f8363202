// A raised hand, and the other hand on a closed book, before golden rays.
import { INK, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const skin = { shade: INK.umber, angle: 180, strength: 0.8 }

  // A hand with its fingers up and its thumb to the right; the wrist is the origin.
  const knuckles = `M-42 -166V-188M1 -170V-192M44 -166V-188M-72 -150q10 -12 20 0M-30 -156q10 -12 20 0M14 -154q10 -12
    20 0M56 -144q8 -10 16 0`
  const fingers = [[-64, 172, -8], [-21, 216, -2], [22, 204, 3], [64, 150, 10]]
  const hand = `
    ${at(62, -40, solid(rect(-28, -170, 56, 200, 28), INK.clay, { ...skin, from: 0.5 }), { turn: 42 })}
    ${fingers.map(([x, long, turn]) => at(x, -150, solid(rect(-22, -long, 44, long + 50, 22), INK.clay, { ...skin,
      from: 0.6 }), { turn })).join('')}
    ${solid(path('M-62 40L-88 -120Q-88 -176 -40 -176H46Q92 -172 90 -110Q106 -50 62 40Z'), INK.clay, { ...skin,
      from: 0.45 })}
    ${line(path(knuckles), INK.umber, 6)}`
  const raised = `<g transform="translate(1140 570) rotate(-4) scale(-1.12 1.12)">
    ${solid(polygon('-118,70 118,70 190,620 -250,620'), INK.navy, { shade: INK.night, angle: 180, from: 0.35,
      strength: 1 })}
    ${line(path('M60 120L96 560'), INK.blue, 6)}${times(3, n => solid(circle(-84 - n * 8, 150 + n * 52, 13),
      INK.gold))}
    ${solid(polygon('-94,16 94,16 104,86 -104,86'), INK.white, { shade: INK.sand, angle: 180, from: 0.4 })}
    ${hand}</g>`

  const book = at(0, 40, `
    ${dust(polygon('180,860 960,860 1060,910 300,940'), INK.night, { angle: 270, from: -0.2, strength: 1 })}
    ${solid(path('M150 868H976V890H170Q142 886 142 860V720Z'), INK.pine)}
    ${solid(path('M180 760H956V866H180Q160 846 160 814T180 760Z'), INK.cream, { shade: INK.clay, angle: 0,
      from: 0.3 })}
    ${line(path(times(6, n => `M184 ${784 + n * 14}H952`)), INK.clay, 2)}
    ${solid(path('M260 440H850L986 748V772H160Q126 772 126 744Q126 720 152 700Z'), INK.pine)}
    ${solid(polygon('262,440 850,440 984,748 150,748'), INK.teal, { shade: INK.pine, angle: 130, from: 0.3 })}
    ${line(polygon('300,468 826,468 930,718 214,718'), INK.gold, 8)}${line(polygon('324,488 812,488 898,698 248,698'),
      INK.gold, 3)}
    ${solid(path('M126 744Q128 716 160 690L150 748V772Q126 772 126 744Z'), INK.night)}
    ${solid(path('M800 772h36v200l-18 -24l-18 24Z'), INK.gold, { shade: INK.ochre, from: 0.3 })}`)

  const resting = `
    ${dust(ellipse(600, 700, 190, 150), INK.night, { round: true, strength: 1 })}
    <g transform="translate(560 800) scale(1.22 0.98) rotate(12)">
    ${solid(polygon('-108,70 112,70 150,520 -220,520'), INK.navy, { shade: INK.night, angle: 0, from: 0.4,
      strength: 1 })}
    ${line(path('M-72 120L-132 400'), INK.blue, 6)}${times(3, n => solid(circle(76 + n * 6, 140 + n * 46, 12),
      INK.gold))}
    ${solid(polygon('-94,16 94,16 104,86 -104,86'), INK.white, { shade: INK.sand, angle: 0, from: 0.4 })}
    ${hand}</g>`

  return `
    ${solid(rect(0, 0, 1600, 1067), INK.cream, { shade: INK.sand, round: true, from: 0.3, strength: 1 })}
    ${solid(path(times(20, n => {
      const [a, b] = [n * Math.PI / 10 - 0.07, n * Math.PI / 10 + 0.09]
      const ray = (angle, far) => `${(1140 + far * Math.cos(angle)).toFixed()}
        ${(400 + far * Math.sin(angle)).toFixed()}`
      return `M${ray(a, 250)}L${ray(a, 1700)}L${ray(b, 1700)}Z`
    })), INK.gold)}
    ${solid(circle(1140, 400, 310), INK.gold, { shade: INK.cream, round: true, from: 0.5, strength: 0.8 })}
    ${solid(rect(0, 690, 1600, 377), INK.red, { shade: INK.brick, from: 0.05, strength: 1 })}
    ${line(path('M0 694H1600'), INK.brick, 8)}
    ${book}${resting}${raised}
  `
}
