// A glass dome at sunset and two ballot papers above two urns.
import { INK, ellipse, circle, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  // The dome's meridians are half ellipses; its rings lie on them at rising heights.
  const [wide, tall, foot] = [400, 470, 640]
  const ring = n => {
    const t = n / 7
    return [wide * Math.cos(t * Math.PI / 2 * 0.96), foot - tall * Math.sin(t * Math.PI / 2 * 0.96)]
  }
  const shell = path(`M${800 - wide} ${foot}A${wide} ${tall} 0 0 1 ${800 + wide} ${foot}Z`)
  const dome = `
    ${solid(shell, INK.mist, { shade: INK.teal, angle: 20, from: 0.25, strength: 1 })}
    ${within(shell, `
      ${solid(path('M640 700Q700 470 772 240L828 240Q900 470 960 700Z'), INK.sage)}
      ${solid(path(times(6, n => `M${676 - n * -14} ${610 - n * 62}L${924 - n * 14} ${580 - n * 62}L${922 - n * 14}
        ${598 - n * 62}L${678 + n * 14} ${628 - n * 62}Z`)), INK.cream)}
      ${solid(polygon('420,640 560,260 640,210 520,640'), INK.white).replace('<polygon', '<polygon opacity="0.55"')}
      ${times(9, n => {
        const reach = wide * Math.sin((n - 4) * Math.PI / 9)
        return line(path(`M${800 + reach} ${foot}Q${800 + reach * 0.98} ${foot - tall * 0.72} ${800 + reach * 0.06}
          ${foot - tall}`), INK.pine, 8)
      })}
      ${times(7, n => {
        const [r, y] = ring(n)
        return line(path(`M${800 - r} ${y}Q800 ${y + r * 0.14} ${800 + r} ${y}`), INK.pine, 8)
      })}`)}
    ${line(shell, INK.pine, 12)}
    ${solid(rect(752, 148, 96, 34, 8), INK.pine)}${solid(rect(770, 120, 60, 34, 6), INK.cream)}`

  const hall = `
    ${solid(rect(300, 640, 1000, 40), INK.cream)}${solid(rect(270, 676, 1060, 26), INK.sand)}
    ${solid(rect(310, 700, 980, 240), INK.umber, { shade: INK.night, from: 0.1, strength: 0.8 })}
    ${solid(path(times(13, n => `M${318 + n * 77} 700h42v240h-42Z`)), INK.cream, { shade: INK.clay, angle: 0,
      from: 0.35, strength: 0.9 })}
    ${solid(path(times(13, n => `M${311 + n * 77} 700h56v18h-56ZM${311 + n * 77} 922h56v18h-56Z`)), INK.sand)}
    ${times(2, n => at(230 + n * 1140, 0, `${solid(rect(-120, 560, 240, 400), INK.sand, { shade: INK.clay, angle: 0,
      from: 0.3 })}
      ${solid(rect(-136, 540, 272, 30), INK.cream)}${solid(rect(-100, 500, 200, 40), INK.clay)}
      ${solid(path('M-60 620h120v0a60 60 0 0 0 -120 0ZM-60 620h120v130h-120Z'), INK.umber)}
        ${line(path('M0 600v150M-60 670h120'), INK.sand, 8)}`))}`

  const urn = (x, body, dark) => at(x, 1010, `
    ${dust(ellipse(20, 10, 230, 30), INK.night, { round: true, strength: 1 })}
    ${solid(path('M-70 14L-56 -30H56L70 14Z'), dark)}
    ${solid(path('M-60 -24Q-170 -90 -166 -220Q-164 -276 -132 -300H132Q164 -276 166 -220Q170 -90 60 -24Z'), body,
      { shade: dark, angle: 10, from: 0.35, strength: 1 })}
    ${line(path('M-160 -190Q0 -160 160 -190M-163 -230Q0 -200 163 -230'), INK.gold, 9)}
    ${solid(ellipse(0, -302, 148, 34), dark)}${solid(ellipse(0, -308, 132, 26), body)}
      ${solid(rect(-84, -320, 168, 18, 9), INK.night)}
    ${line(path('M-158 -250q-74 0 -58 70t74 56M158 -250q74 0 58 70t-74 56'), dark, 20)}`)

  const slip = (x, y, turn, mark, column) => at(x, y, `
    ${solid(rect(-112, -160, 224, 330, 6), INK.white, { shade: INK.sand, angle: 60, from: 0.35, strength: 1 })}
    ${solid(rect(-92, -142, 184, 40, 4), column)}
    ${times(5, n => `${line(path(`M-88 ${-70 + n * 48}h112`), INK.navy, 11)}
      ${line(circle(66, -70 + n * 48, 17), column, 6)}`)}
    ${line(path(`M54 ${-82 + mark * 48}l24 24m0 -24l-24 24`), INK.night, 8)}`, { turn })

  return `
    ${solid(rect(0, 0, 1600, 1067), INK.gold, { shade: INK.red, angle: 90, from: 0.3, strength: 0.9 })}
    ${solid(circle(800, 400, 490), INK.cream, { shade: INK.gold, round: true, from: 0.5, strength: 1 })}
    ${solid(path(`M90 190h190q-16 -34 -52 -26q-20 -44 -70 -20q-40 -8 -68 46ZM1310 300h220q-20 -40 -66 -30q-24 -44 -74
      -22q-50 -6 -80 52Z`), INK.cream)}
    ${dome}${hall}
    ${solid(rect(0, 936, 1600, 131), INK.navy, { shade: INK.night, from: 0.1 })}
    ${urn(430, INK.teal, INK.pine)}${urn(1170, INK.red, INK.brick)}
    ${slip(420, 488, -9, 1, INK.teal)}${slip(1182, 488, 8, 3, INK.red)}
  `
}
