using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Support.Reports;

/// <summary>Writes an XML tree as text; everything in it is escaped, and what XML has no place for is replaced.</summary>
internal static class XmlText
{
    internal static string Of(XElement root, bool indent, bool declaration)
    {
        foreach (var element in root.DescendantsAndSelf())
            Clean(element);

        var text = new StringBuilder(declaration ? "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" : "");
        var settings = new XmlWriterSettings { Indent = indent, NewLineChars = "\n", OmitXmlDeclaration = true };
        using (var writer = XmlWriter.Create(text, settings))
            root.Save(writer);
        return text.Append('\n').ToString();
    }

    private static void Clean(XElement element)
    {
        foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
            attribute.Value = Words.Printable(attribute.Value);
        foreach (var text in element.Nodes().OfType<XText>())
            text.Value = Words.Printable(text.Value);
    }
}
