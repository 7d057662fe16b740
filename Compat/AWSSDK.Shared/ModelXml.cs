using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Xml.Linq;
using Amazon.Runtime;

namespace Amazon.Compat;

/// <summary>
/// Maps XML to the types of a model by their names alone; what is not known is ignored, and what is missing stays null.
/// </summary>
internal static class ModelXml
{
    /// <summary>The first element of that name, whatever its namespace; null where there is none.</summary>
    public static XElement? Child(XElement? element, string name) =>
        element?.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    /// <summary>The value of an element.</summary>
    /// <exception cref="FormatException">It is no value of that type.</exception>
    public static object Read(XElement element, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string))
            return element.Value;
        if (plain.IsValueType)
            return Convert.ChangeType(element.Value, plain, CultureInfo.InvariantCulture);
        if (plain.IsSubclassOf(typeof(ConstantClass)))
            return plain.GetMethod("FindValue", [typeof(string)])!.Invoke(null, [element.Value])!;
        return plain.IsAssignableTo(typeof(IList)) ? ReadList(element, plain) : ReadMembers(element, plain);
    }

    private static IList ReadList(XElement element, Type type)
    {
        var list = (IList)Activator.CreateInstance(type)!;
        foreach (var entry in element.Elements().Where(child => child.Name.LocalName == "member"))
            list.Add(Read(entry, type.GenericTypeArguments[0]));
        return list;
    }

    private static object ReadMembers(XElement element, Type type)
    {
        var value = Activator.CreateInstance(type)!;
        foreach (var member in type.GetProperties(
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            if (Child(element, member.Name) is { } child)
                member.SetValue(value, Read(child, member.PropertyType));
        }

        return value;
    }
}
