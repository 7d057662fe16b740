namespace Support.Reports.Html;

/// <summary>The page's style sheet: no file and no font from elsewhere, light and dark, narrow and wide, screen and paper.</summary>
/// <remarks>Holds no &lt;, &gt; or &amp;: those would be escaped as XML and read raw by HTML.</remarks>
internal static class PageStyle
{
    internal const string Text = Colours + Layout + Verdict + Charts + Tables + PlanStyle.Text + Narrow;

    /// <summary>What a page with task sizes needs beside <see cref="Text"/>.</summary>
    internal const string Sizes = """

        #sizes .cause { margin: 0 0 4px; font-size: 18px; } #sizes .warnings { margin: 0 0 16px; } #sizes .scroll { margin: 0 0 12px; }
        #sizes .charts { margin-bottom: 20px; } #sizes .charts .note { margin: 0; } #sizes ul.note { margin-top: 4px; }
        #sizes .beside .scroll { margin: 0; align-self: start; }
        #sizes svg .value { paint-order: stroke; stroke: var(--card); stroke-width: 5px; stroke-linejoin: round; }
        #sizes svg .bar.locked { fill: var(--card); stroke: var(--c1); stroke-width: 1.5; stroke-dasharray: 3 2; }
        @media (min-width: 641px) { #sizes .beside th { white-space: nowrap; } #sizes .beside th, #sizes .beside td { padding: 9px 7px; font-size: 13px; } }
        @media (min-width: 881px) { #sizes .beside { grid-template-columns: minmax(0, 440px) minmax(0, 1fr); gap: 16px 24px; } }
        @media (max-width: 640px) { #sizes svg .tick { font-size: 13px; } }

        """;

    private const string Colours = """

        :root { color-scheme: light dark;
          --page: #f5f6f8; --card: #ffffff; --ink: #18202b; --soft: #55606f; --line: #dfe3e9; --track: #eef1f4;
          --good: #17714a; --good-wash: #e6f4ec; --warn: #8a5200; --warn-wash: #fcf1dd; --bad: #b0281f; --bad-wash: #fcebe9;
          --c1: #2867a8; --c2: #b4560f; --c3: #2b7a58; --c4: #863c91; --c5: #6a6a17; --c6: #a8324a; --c7: #44546c; --on: #ffffff; }
        @media (prefers-color-scheme: dark) { :root {
          --page: #11161c; --card: #1a212a; --ink: #e7ebf1; --soft: #a3afbd; --line: #303a46; --track: #242d38;
          --good: #63c795; --good-wash: #16301f; --warn: #e5ae57; --warn-wash: #35280f; --bad: #f28b80; --bad-wash: #3a1b19;
          --c1: #74b1f0; --c2: #eea45f; --c3: #69cb9d; --c4: #d097d8; --c5: #c6c76a; --c6: #f090a4; --c7: #aebccf; --on: #11161c; } }
        @media print { :root { color-scheme: light;
          --page: #ffffff; --card: #ffffff; --ink: #000000; --soft: #444444; --line: #cccccc; --track: #eeeeee;
          --good: #17714a; --good-wash: #ffffff; --warn: #8a5200; --warn-wash: #ffffff; --bad: #b0281f; --bad-wash: #ffffff;
          --c1: #2867a8; --c2: #b4560f; --c3: #2b7a58; --c4: #863c91; --c5: #6a6a17; --c6: #a8324a; --c7: #44546c; --on: #ffffff; } }
        """;

    private const string Layout = """

        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; -webkit-text-size-adjust: 100%; }
        header, main, footer { max-width: 1120px; margin: 0 auto; padding: 0 24px; overflow-wrap: anywhere; }
        header { display: flex; flex-wrap: wrap; gap: 4px 24px; justify-content: space-between; align-items: baseline; padding-top: 28px; padding-bottom: 16px; }
        header p { margin: 0; color: var(--soft); font-size: 14px; }
        header .brand { color: var(--ink); font-weight: 650; font-size: 16px; }
        h2 { font-size: 20px; line-height: 1.3; margin: 0 0 10px; letter-spacing: -0.01em; }
        h3 { font-size: 16px; margin: 0; }
        section { margin: 44px 0 0; }
        code { font: 0.875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
        .note { margin: 0 0 14px; color: var(--soft); max-width: 76ch; }
        .scroll + .note { margin-top: 12px; } ul.note { padding-left: 18px; }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; }
        .is-good { fill: var(--good); } .is-bad { fill: var(--bad); } .is-faint { fill: var(--soft); }
        footer { color: var(--soft); font-size: 13px; padding-top: 40px; padding-bottom: 48px; }
        a { color: var(--c1); }
        :focus-visible { outline: 2px solid var(--c1); outline-offset: 2px; }
        """;

    private const string Verdict = """

        .verdict { margin: 0; padding: 32px 36px; border-top: 5px solid var(--tone); }
        .verdict.good { --tone: var(--good); --wash: var(--good-wash); }
        .verdict.warn { --tone: var(--warn); --wash: var(--warn-wash); }
        .verdict.bad { --tone: var(--bad); --wash: var(--bad-wash); }
        .outcome { display: inline-flex; align-items: center; gap: 8px; margin: 0 0 14px; padding: 4px 14px 4px 6px; border-radius: 99px; background: var(--wash); color: var(--tone); font-weight: 650; font-size: 15px; }
        .badge { display: inline-grid; place-items: center; width: 22px; height: 22px; border-radius: 50%; background: var(--tone); color: var(--card); font-size: 13px; line-height: 1; }
        h1 { margin: 0; font-size: clamp(26px, 4.2vw, 38px); line-height: 1.15; letter-spacing: -0.02em; text-wrap: balance; }
        .lead { margin: 8px 0 0; font-size: 18px; color: var(--soft); }
        .reasons, .stopped { margin: 14px 0 0; color: var(--tone); font-weight: 550; }
        .reasons { padding-left: 20px; }
        .warnings { margin: 16px 0 0; padding: 12px 16px; list-style: none; border-radius: 10px; background: var(--warn-wash); }
        .warnings li + li { margin-top: 8px; } .warnings strong { color: var(--warn); font-weight: 650; } .todo { display: block; color: var(--soft); }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(168px, 1fr)); margin: 28px 0 0; border: 1px solid var(--line); border-radius: 12px; overflow: hidden; }
        .figures div { padding: 16px 18px; box-shadow: 1px 1px 0 0 var(--line); }
        .figures .first { background: var(--wash); }
        dt { color: var(--soft); font-size: 14px; }
        dd { margin: 0; }
        .number { font-size: 30px; font-weight: 650; line-height: 1.3; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
        .number.words { font-size: 19px; line-height: 1.3; margin: 5px 0 9px; color: var(--soft); letter-spacing: 0; }
        .first .number { color: var(--tone); }
        .hint { color: var(--soft); font-size: 13px; line-height: 1.4; }
        .bound { display: grid; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); gap: 24px 36px; margin-top: 28px; }
        .bound h2 { font-size: 14px; color: var(--soft); font-weight: 550; margin: 0 0 4px; letter-spacing: 0; }
        .bound p, .bound ul { margin: 0; } .bound ul { padding-left: 18px; }
        .cause { font-weight: 550; }
        """;

    private const string Charts = """

        .charts { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 20px; }
        figure { margin: 0; padding: 22px 24px 20px; break-inside: avoid; }
        figcaption p { margin: 2px 0 10px; color: var(--soft); font-size: 15px; min-height: 3em; }
        figure.empty { align-self: start; } figure.empty figcaption p, .wide figcaption p { min-height: 0; }
        .wide { grid-column: 1 / -1; } .beside { display: grid; grid-template-columns: minmax(0, 488px) minmax(0, 1fr); gap: 16px 36px; align-items: start; }
        .wide .scroll { border-radius: 10px; align-self: center; }
        figure svg { display: block; width: 100%; height: auto; }
        svg text { font: 12.5px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: var(--ink); font-variant-numeric: tabular-nums; }
        svg .tick, svg .axis { fill: var(--soft); }
        svg .middle { text-anchor: middle; } svg .end { text-anchor: end; }
        svg .is-good { fill: var(--good); } svg .is-bad { fill: var(--bad); } svg .is-faint { fill: var(--soft); }
        svg .grid { stroke: var(--line); stroke-width: 1; } svg .base { stroke: var(--soft); stroke-width: 1; }
        svg .threshold { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 6 4; }
        svg .bar.good { fill: var(--good); } svg .bar.bad { fill: var(--bad-wash); stroke: var(--bad); stroke-width: 2; }
        svg .bracket { fill: var(--track); stroke: var(--soft); stroke-opacity: 0.45; } svg .dot.held { fill: var(--good); } svg .dot.lost { fill: var(--bad); }
        svg .drop { stroke: var(--bad); stroke-width: 2; }
        svg .ring { fill: var(--card); stroke: var(--soft); stroke-width: 2; } svg .ring.faint { stroke-dasharray: 2 2.5; stroke: var(--soft); }
        svg .series { fill: none; stroke-width: 2; stroke: var(--s); } svg .fit { stroke-dasharray: none; opacity: 0.75; }
        svg .dot, svg .bar { fill: var(--s); } svg .dot { stroke: var(--card); stroke-width: 1; }
        svg .axis { font-size: 12px; } svg .letter { fill: var(--on); font-weight: 650; }
        .c1 { --s: var(--c1); } .c2 { --s: var(--c2); } .c3 { --s: var(--c3); } .c4 { --s: var(--c4); } .c5 { --s: var(--c5); } .c6 { --s: var(--c6); } .c7 { --s: var(--c7); }
        .legend { display: flex; flex-wrap: wrap; gap: 4px 20px; list-style: none; margin: 10px 0 0; padding: 0; font-size: 14px; color: var(--soft); }
        .legend li { display: flex; gap: 7px; align-items: baseline; } .legend strong { color: var(--ink); font-weight: 550; }
        figure .swatch { flex: none; width: 14px; height: 14px; align-self: baseline; transform: translateY(2px); }
        .key { flex: none; display: inline-grid; place-items: center; width: 19px; height: 19px; border-radius: 4px; background: var(--s); color: var(--on); font-size: 12px; font-weight: 650; }
        """;

    private const string Tables = """

        .scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 14px; }
        table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; vertical-align: top; padding: 9px 14px; border-top: 1px solid var(--line); font-weight: 400; overflow-wrap: normal; }
        thead th { border-top: 0; color: var(--soft); font-size: 13px; white-space: nowrap; background: var(--track); }
        tbody th { font-weight: 550; } tbody tr { break-inside: avoid; }
        .n { text-align: right; white-space: nowrap; }
        .about td { border-top: 0; padding-top: 0; color: var(--soft); } .about span { position: sticky; left: 14px; display: inline-block; max-width: min(92ch, calc(100vw - 64px)); overflow-wrap: anywhere; }
        .wide .about span { max-width: min(52ch, calc(100vw - 92px)); }
        .wrap th, .wrap td { overflow-wrap: anywhere; min-width: 18ch; } .wrap thead th { white-space: normal; } .wrap .command { overflow-wrap: anywhere; }
        @media (min-width: 641px) { .wrap td:last-child { min-width: 30ch; } .wrap .command { display: block; margin-top: 4px; } }
        .id { display: block; color: var(--soft); font-weight: 400; font-size: 12px; white-space: nowrap; }
        .clip { display: inline-block; min-width: 12ch; max-width: 52ch; overflow-wrap: anywhere; }
        .state { font-weight: 550; white-space: nowrap; }
        .state.good { color: var(--good); } .state.warn { color: var(--warn); } .state.bad { color: var(--bad); } .state.faint { color: var(--soft); }
        tr.first { background: var(--track); }
        .tag { display: inline-block; margin-left: 4px; padding: 0 8px; border-radius: 99px; background: var(--ink); color: var(--card); font-size: 12px; font-weight: 550; white-space: nowrap; }
        .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 14px 28px; margin: 0; }
        """;

    private const string Narrow = """

        @media screen and (max-width: 880px) { .charts, .beside { grid-template-columns: minmax(0, 1fr); } figcaption p { min-height: 0; } }
        @media screen and (max-width: 640px) {
          header, main, footer { padding-left: 14px; padding-right: 14px; }
          header { padding-top: 18px; }
          .verdict { padding: 22px 18px; } figure { padding: 18px 14px 16px; } section { margin-top: 34px; }
          .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); } .figures .first { grid-column: 1 / -1; } .first .number { font-size: 46px; } .first .number.words { font-size: 24px; }
          .figures div { padding: 12px 14px; } .number { font-size: 25px; } .number.words { font-size: 17px; }
          svg text, svg .axis { font-size: 16px; } svg .letter { font-size: 12.5px; }
          .stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          .stack, .stack tbody, .stack tr, .stack th, .stack td { display: block; text-align: left; white-space: normal; overflow-wrap: anywhere; }
          .stack tr { padding: 12px 14px; border-top: 1px solid var(--line); } .stack tr:first-child { border-top: 0; }
          .stack th, .stack td { border: 0; padding: 2px 0; }
          .stack td:not(:empty)::before { content: attr(data-label) ": "; color: var(--soft); }
        }
        @media print { body { font-size: 12px; } header, main, footer { max-width: none; padding-left: 0; padding-right: 0; } .scroll { overflow: visible; } figure, .verdict { break-inside: avoid; } h2, .note { break-after: avoid; } section { margin-top: 22px; } .verdict { padding: 20px 22px; } figure { padding: 14px; } .charts { gap: 12px; } * { -webkit-print-color-adjust: exact; print-color-adjust: exact; } table { font-size: 10px; } th, td { padding: 4px 6px; } }

        """;
}
