// A large open envelope with three newspapers in it, the sun rising behind, a cup of coffee beside it.
import { INK, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const ray = n => {
    const [a, b] = [(n * 10 - 178.2) * Math.PI / 180, (n * 10 - 173.4) * Math.PI / 180]
    const far = v => `${(760 + 1200 * Math.cos(v)).toFixed()},${(640 + 1200 * Math.sin(v)).toFixed()}`
    return polygon(`760,640 ${far(a)} ${far(b)}`)
  }
  const star = times(10, n => {
    const [a, d] = [(n * 36 - 90) * Math.PI / 180, n % 2 ? 17 : 42]
    return `${(d * Math.cos(a)).toFixed(1)},${(d * Math.sin(a)).toFixed(1)} `
  }).trim()
  const columns = (x, y, count, wide, short) => path(times(count, n => `M${x}
    ${y + n * 21}h${n % short === short - 1 ? wide * 0.6 : wide}`))
  const paper = (picture, more = '') => `
    ${solid(rect(-150, -310, 300, 700, 6), INK.white, { shade: INK.sand, angle: 70, from: 0.2, strength: 0.8 })}
    ${solid(rect(-126, -284, 252, 34), INK.navy)}${line(path('M-96 -267H-30M-6 -267H96'), INK.cream, 11)}
    ${line(path('M-126 -234H126'), INK.red, 5)}${picture}
    ${line(columns(-122, -40, 16, 108, 5), INK.blue, 8)}${line(columns(16, -40, 16, 108, 4), INK.blue, 8)}${more}`
  const scenes = [
    `${solid(rect(-122, -214, 244, 146), INK.teal)}${solid(circle(0, -116, 44), INK.red)}
      ${within(rect(-122, -214, 244, 146), solid(path('M-130 -60L-50 -136L10 -90L60 -120L130 -60Z'), INK.pine))}`,
    `${solid(rect(-122, -214, 140, 146), INK.gold)}
    ${solid(path('M-100 -68V-120H-76V-160H-50V-120H-28V-68Z'), INK.brick)}
      ${line(path('M38 -206H120M38 -184H120M38 -162H120M38 -140H96M38 -118H120M38 -96H120M38 -74H110'), INK.blue, 8)}`,
    `${solid(rect(-122, -214, 244, 146), INK.sage)}
    ${solid(path('M-96 -68V-112H-64V-68ZM-44 -68V-142H-12V-68ZM8 -68V-122H40V-68ZM60 -68V-180H92V-68Z'), INK.red)}`,
  ]
  const cup = `
    ${dust(ellipse(40, 22, 200, 34), INK.night, { round: true, from: 0.2, strength: 1 })}
    ${solid(ellipse(0, 4, 142, 26), INK.white)}
    ${solid(ellipse(0, 0, 142, 24), INK.cream, { shade: INK.sand, angle: 0, from: 0.3 })}
    ${line(ellipse(0, -1, 104, 15), INK.sand, 5)}
    ${line(path('M88 -122C150 -140 150 -50 70 -52'), INK.sage, 22)}
    ${solid(path('M-98 -150H98C98 -66 70 -4 34 0H-34C-70 -4 -98 -66 -98 -150Z'),
      INK.sage, { shade: INK.pine, angle: 0, from: 0.25, strength: 1 })}
    ${solid(ellipse(0, -150, 98, 24), INK.white)}${solid(ellipse(0, -149, 86, 18), INK.umber)}
    ${solid(path('M-70 -158Q-20 -170 40 -164Q-30 -160 -70 -158Z'), INK.clay)}
    ${line(path('M-34 -190C-64 -230 -4 -256 -34 -304M24 -190C-6 -236 54 -266 24 -326'), INK.cream, 9)}`
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.navy, { shade: INK.night, angle: 270, from: 0.2, strength: 1 })}
    ${dust(path(times(18, n => ray(n).match(/points="([^"]+)"/)[1].replace(/^(\S+) (\S+) (\S+)$/, 'M$1L$2L$3Z'))),
      INK.gold, { round: true, from: 0.1, strength: 1 })}
    ${dust(circle(760, 620, 700), INK.red, { round: true, from: 0.3, strength: 0.75 })}
    ${solid(circle(760, 620, 500), INK.red, { shade: INK.gold, angle: 90, from: 0.15, strength: 1 })}
    ${solid(rect(0, 850, 1600, 217), INK.gold, { shade: INK.ochre, angle: 90, from: 0.1, strength: 1 })}
    ${line(path('M0 850H1600'), INK.cream, 6)}
    ${line(path('M0 930H300M200 1010H900M1180 1030H1600M1500 920H1600'), INK.ochre, 6)}
    ${dust(polygon('330,985 1240,985 1480,1067 520,1067'), INK.night, { angle: 0, from: -0.8, strength: 1 })}
    ${solid(polygon('320,540 1200,540 760,250'), INK.sand, { shade: INK.umber, angle: 90, from: 0.1, strength: 0.8 })}
    ${at(530, 540, paper(scenes[1]), { turn: -14, scale: 0.96 })}
    ${at(990, 540, paper(scenes[2]), { turn: 14, scale: 0.96 })}
    ${dust(rect(600, 240, 350, 460), INK.umber, { round: true, from: 0.5, strength: 0.8 })}
    ${at(760, 510, paper(scenes[0]))}
    ${solid(path('M320 540L760 850L1200 540V990H320Z'),
      INK.cream, { shade: INK.sand, angle: 20, from: 0.3, strength: 1 })}
    ${dust(path('M320 540L760 850L1200 540V600L760 910L320 600Z'), INK.ochre, { angle: 0, from: -0.2, strength: 0.5 })}
    ${solid(path('M320 990L700 742Q760 706 820 742L1200 990Z'),
      INK.white, { shade: INK.sand, angle: 60, from: 0.2, strength: 1 })}
    ${line(path('M320 540L760 850L1200 540M320 990L700 742Q760 706 820 742L1200 990'), INK.ochre, 6)}
    ${solid(circle(768, 808, 78), INK.brick)}
    ${solid(circle(760, 800, 78), INK.red, { shade: INK.brick, angle: 50, from: 0.3, strength: 1 })}
    ${times(16, n => at(760, 800, solid(circle(0, -74, 14), INK.red), { turn: n * 22.5 }))}
    ${at(760, 802, solid(polygon(star), INK.white))}
    ${at(1364, 984, cup, { scale: 0.96 })}
  `
}
