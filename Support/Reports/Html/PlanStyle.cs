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
        #plan .doubt { margin: 0 0 14px; padding: 12px 16px; border-radius: 10px; background: var(--warn-wash); color: var(--warn); }
        #plan .charts figure, #plan .column { align-self: start; } #plan .column { display: grid; gap: 20px; grid-template-columns: minmax(0, 1fr); }
        #plan .column table, #plan .column td, #plan .column th { white-space: normal; overflow-wrap: anywhere; } #plan .column .n, #plan .column thead th, #plan .beside td:last-child { white-space: nowrap; overflow-wrap: normal; }
        #plan .steps { padding-left: 22px; } #plan .steps code { overflow-wrap: anywhere; }
        summary { cursor: pointer; margin: 0 0 12px; } details.narrow { display: none; }
        @media screen and (max-width: 640px) { #plan svg .value { font-size: 14px; } tr.far { display: none !important; } details.narrow { display: block; margin-top: 12px; } }
        @media print { details::details-content { content-visibility: visible; display: block; height: auto; } }
        """;
}
