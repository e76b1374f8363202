// A bank vault's round door under snow and icicles, coins frozen in a block; a figure looks up at it.
import { INK, chance, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const random = chance(31)
  const round = (n, of, r, x = 800, y = 510) => {
    const a = n * 2 * Math.PI / of
    return [x + r * Math.cos(a), y + r * Math.sin(a)].map(v => v.toFixed(1))
  }
  const rivets = (of, r, size) => times(of, n => {
    const [x, y] = round(n + 0.5, of, r)
    return `M${x - size} ${y} a${size} ${size} 0 1 0 ${size * 2} 0 a${size} ${size} 0 1 0 ${-size * 2} 0 z `
  })
  // Icicles hang side by side along a curve `top`, longest where `swell` says so.
  const icicles = (from, to, top, swell) => {
    let [d, x] = [`M${from} ${top(from) - 26} `, from]
    while (x < to) {
      const width = 18 + random() * 26
      const next = Math.min(to, x + width)
      const tip = top((x + next) / 2) + 22 + random() * random() * 170 * swell((x + next) / 2)
      d += `L${x.toFixed(0)} ${top(x).toFixed(0)} Q${((x + next) / 2 - 3).toFixed(0)}
        ${(tip * 0.6 + top(x) * 0.4).toFixed(0)} ${((x + next) / 2).toFixed(0)} ${tip.toFixed(0)}
          Q${((x + next) / 2 + 4).toFixed(0)} ${(tip * 0.6 + top(next) * 0.4).toFixed(0)} ${next.toFixed(0)}
            ${top(next).toFixed(0)} `
      x = next
    }
    return d + `L${to} ${top(to) - 26} `
  }
  const arc = (r, y) => x => y - Math.sqrt(Math.max(0, r * r - (x - 800) ** 2))
  const capped = (r, half) => {
    const rim = arc(r, 510)
    return path(icicles(800 - half, 800 + half, x => rim(x) + 26, x => 1.1 - Math.abs(x - 800) / half * 0.7)
      + `A${r + 16} ${r + 16} 0 0 0 ${800 - half} ${rim(800 - half).toFixed(0)} z`)
  }
  const bolt = n => {
    const [x, y] = round(n, 8, 352)
    return at(x, y, `${solid(rect(-34, -22, 68, 44, 8), INK.blue)}
    ${solid(rect(-34, -22, 68, 18, 8), INK.sage)}`, { turn: n * 45 })
  }
  const spoke = n => at(800, 510, `${solid(rect(40, -13, 150, 26, 10), INK.gold)}
  ${line(path('M48 -7 H180'), INK.cream, 4)}
    ${solid(circle(196, 0, 24), INK.gold, { shade: INK.umber, angle: 60, from: 0.4 })}`, { turn: n * 72 - 90 })
  const flakes = times(90, () => {
    const [x, y, r] = [random() * 1600, random() * 1000, 2 + random() * 5]
    return `M${(x - r).toFixed(0)} ${y.toFixed(0)} a${r.toFixed(1)} ${r.toFixed(1)} 0 1 0 ${(2 * r).toFixed(1)} 0
      a${r.toFixed(1)} ${r.toFixed(1)} 0 1 0 ${(-2 * r).toFixed(1)} 0 z `
  })
  const coin = (x, y, turn) => at(x, y, `${solid(ellipse(0, 0, 40, 26), INK.ochre)}
  ${solid(ellipse(0, -8, 40, 26), INK.gold)}
    ${line(ellipse(0, -8, 28, 17), INK.ochre, 4)}`, { turn })
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.blue, { shade: INK.night, round: true, from: 0.25, strength: 1 })}
    ${line(path(`M0 210 H1600 M0 430 H1600 M0 650 H1600 M180 0 V210 M1420 0 V210 M90 210 V430 M1510 210 V430 M200 430
      V650 M1400 430 V650 M90 650 V900 M1510 650 V900`), INK.navy, 8)}
    ${dust(polygon('0,0 760,0 420,900 0,900'), INK.teal, { angle: 190, from: 0.2, strength: 0.4 })}
    ${solid(rect(0, 880, 1600, 187), INK.mist, { shade: INK.blue, from: 0.25 })}
    ${dust(ellipse(840, 930, 560, 60), INK.night, { round: true, strength: 1 })}
    ${solid(path('M330 900 V510 a470 470 0 0 1 940 0 V900 z'), INK.navy, { shade: INK.night, angle: 0, from: 0.4 })}
    ${solid(circle(800, 510, 438), INK.teal, { shade: INK.night, angle: 45, from: 0.3, strength: 0.9 })}
    ${solid(path(rivets(28, 412, 9)), INK.sage)}
    ${solid(circle(800, 510, 384), INK.night)}${times(8, bolt)}
    ${solid(circle(800, 510, 340), INK.mist, { shade: INK.teal, angle: 50, from: 0.25, strength: 0.95 })}
    ${line(circle(800, 510, 318), INK.teal, 6)}${line(circle(800, 510, 250), INK.teal, 10)}
    ${solid(circle(800, 510, 244), INK.sage, { shade: INK.pine, angle: 50, from: 0.2, strength: 0.9 })}
    ${solid(path(rivets(20, 284, 11)), INK.pine)}
    ${dust(circle(826, 544, 180), INK.night, { round: true, strength: 1 })}
    ${line(circle(800, 510, 142), INK.umber, 30)}${line(circle(800, 510, 144), INK.gold, 22)}
    ${times(5, spoke)}${solid(circle(800, 510, 62), INK.gold, { shade: INK.umber, angle: 50, from: 0.3 })}
    ${solid(circle(800, 510, 26), INK.navy)}
    ${solid(path('M1112 380 h60 v90 h-60 z M1112 560 h60 v90 h-60 z'), INK.teal, { shade: INK.night, from: 0.3 })}
    ${line(path('M1112 380 v90 M1112 560 v90 M1128 400 h30 M1128 450 h30 M1128 580 h30 M1128 630 h30'), INK.mist, 7)}
    ${solid(capped(250, 205), INK.white, { shade: INK.sage, from: 0.2, strength: 0.8 })}
    ${solid(capped(470, 436), INK.white, { shade: INK.sage, from: 0.15, strength: 0.8 })}
    ${solid(path(icicles(690, 910, x => 500 + Math.sqrt(154 ** 2 - (x - 800) ** 2),
      () => 0.6) + 'A146 146 0 0 1 690 582 z'), INK.white, { shade: INK.sage, from: 0.2 })}
    ${solid(path(icicles(-10, 372, () => 6, x => 1.3 - x / 500) + 'V-30 H-10 z'), INK.mist,
      { shade: INK.blue, from: 0.2 })}
    ${solid(path(icicles(1228, 1610, () => 6, x => (x - 1000) / 500) + 'V-30 H1228 z'), INK.mist,
      { shade: INK.blue, from: 0.2 })}
    ${solid(path(`M0 930 C160 860 300 900 400 876 C520 850 560 930 800 916 C1000 904 1080 850 1240 884 C1380 906 1480
      850 1600 900 V1067 H0 z`), INK.white, { shade: INK.sage, from: 0.25, strength: 0.95 })}
    ${at(1190, 800, `${dust(ellipse(20, 200, 230, 40), INK.blue, { round: true, strength: 0.9 })}
      ${solid(polygon('-140,-30 96,-60 160,-10 160,186 -64,204 -132,190'), INK.sage, { shade: INK.teal, from: 0.2 })}
      ${solid(polygon('-70,24 160,-10 160,186 -64,204'), INK.mist, { shade: INK.teal, angle: 30, from: 0.2,
        strength: 0.9 })}
      ${solid(polygon('-140,-30 96,-60 160,-10 -70,24'), INK.white)}
      ${coin(-30, 150, -14)}${coin(70, 142, 10)}${coin(-14, 84, 24)}${coin(104, 74, -20)}${coin(40, 40, -8)}
      ${coin(-104, 100, 70)}
      ${dust(polygon('-70,24 160,-10 160,186 -64,204'), INK.white, { angle: 120, from: 0.1, strength: 0.6 })}
      ${line(path(`M-140 -30 L96 -60 L160 -10 L-70 24 z M-140 -30 L-130 190 M160 -10 V180 M-70 24 L-64
        200`), INK.white, 7)}
      ${line(path('M-112 20 L-110 60 M134 24 L133 70 M-44 170 L8 166'), INK.white, 9)}`)}
    ${at(420, 990, `${dust(polygon('-36,0 40,0 250,46 120,60'), INK.blue, { angle: 180, from: 0, strength: 1 })}
      ${solid(path('M-36 -80 h30 v84 h-30 z M8 -80 h30 v84 h-30 z'), INK.night)}
      ${solid(path('M-48 -262 q48 -30 96 0 l18 196 q-66 22 -132 0 z'), INK.red, { shade: INK.brick, angle: 0,
        from: 0.3 })}
      ${line(path('M-48 -240 L-70 -130 M48 -240 L70 -130'), INK.red, 28)}${line(path('M0 -240 V-64'), INK.brick, 4)}
      ${solid(circle(0, -308, 38), INK.umber)}${solid(path('M-44 -300 q-8 -66 44 -66 q52 0 44 66 z'), INK.gold)}
      ${solid(circle(0, -370, 15), INK.cream)}
      ${solid(path('M-48 -276 q48 24 96 0 v26 q-48 24 -96 0 z M18 -262 l34 96 l-34 8 l-20 -96 z'), INK.cream)}`)}
    ${solid(path(flakes), INK.white)}`
}
