namespace Support.Reports.Html;

/// <summary>What the plan needs of the style sheet.</summary>
internal static class PlanStyle
{
    internal const string Text = """

        #plan .cause { margin: 0 0 4px; font-size: 18px; } #plan .charts { margin-bottom: 20px; } #plan .wide .note { margin: 12px 0 0; }
        #plan svg .value { paint-order: stroke; stroke: var(--card); stroke-width: 5px; stroke-linejoin: round; }
        svg .task { fill: var(--track); stroke: var(--soft); stroke-width: 1; } svg .task.lost { fill: none; stroke-dasharray: 3 3; }
        svg .zone { fill: none; stroke: var(--line); stroke-width: 1; } svg .zone.lost { fill: var(--track); stroke-dasharray: 5 4; stroke: var(--soft); }
        @media (min-width: 641px) { #plan .beside th, #plan .beside td { padding: 9px 8px; font-size: 13px; } #plan .beside thead th { white-space: normal; vertical-align: bottom; } }
        @media (min-width: 881px) { #plan .beside { grid-template-columns: minmax(0, 420px) minmax(0, 1fr); gap: 16px 24px; } #plan .beside .scroll { align-self: start; } }
        @media screen and (max-width: 640px) { #plan svg .value { font-size: 13px; } }
        #plan .commands { padding-left: 18px; color: var(--soft); } #plan .commands code { color: var(--ink); overflow-wrap: anywhere; }
        """;
}
