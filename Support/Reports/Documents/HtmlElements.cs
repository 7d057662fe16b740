using System.Xml.Linq;

namespace Support.Reports.Documents;

/// <summary>Short names for the elements of a page. Text goes in as text: the tree escapes it.</summary>
internal static class HtmlElements
{
    // Between their children a line break means nothing.
    private static readonly HashSet<string> Containers =
    [
        "header", "nav", "main", "section", "div", "dl", "ul", "ol", "table", "thead", "tbody", "tr", "figure",
        "details", "svg", "g",
    ];

    /// <summary>An element; a null in the content is left out, and an empty class name as well.</summary>
    internal static XElement Tag(string name, string className, params object?[] content)
    {
        var element = new XElement(name, className.Length == 0 ? null : new XAttribute("class", className), content);
        // HTML reads <td/> as an open tag: only elements of a drawing may be written that way.
        if (element.IsEmpty)
            element.Add("");
        return element;
    }

    /// <summary>An attribute.</summary>
    internal static XAttribute With(string name, object value) => new(name, value);

    /// <summary>The element as text, with a line a child wherever that changes nothing.</summary>
    internal static string Written(XElement element)
    {
        XElement[] containers = [.. element.DescendantsAndSelf().Where(IsContainer)];
        foreach (var container in containers)
        {
            foreach (var child in container.Elements().ToArray())
                child.AddBeforeSelf("\n");
            container.Add("\n");
        }

        return element.ToString(SaveOptions.DisableFormatting);
    }

    private static bool IsContainer(XElement element) =>
        Containers.Contains(element.Name.LocalName) && element.HasElements
        && element.Nodes().All(node => node is XElement);
}
