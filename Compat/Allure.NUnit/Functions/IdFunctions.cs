using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Allure.Net.Commons.Functions;

/// <summary>The ids by which the report recognises a test from run to run.</summary>
public static class IdFunctions
{
    /// <summary>A new unique id.</summary>
    public static string CreateUUID() => Guid.NewGuid().ToString();

    /// <summary>As in <c>assembly:Namespace.Class.Method(System.Int32)</c>.</summary>
    public static string CreateFullName(MethodInfo method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return $"{GetTypeId(method.DeclaringType!)}.{GetMethodId(method)}";
    }

    /// <summary>The method's name, its type parameters and the types of its parameters.</summary>
    public static string GetMethodId(MethodInfo method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var open = method.IsGenericMethod ? method.GetGenericMethodDefinition() : method;
        var parameters = string.Join(',', open.GetParameters().Select(parameter => GetTypeId(parameter.ParameterType)));
        return $"{open.Name}{TypeArguments(open.GetGenericArguments())}({parameters})";
    }

    /// <summary>
    /// As in <c>assembly:Namespace.Outer+Inner</c>; without the assembly for types of the core library.
    /// </summary>
    public static string GetTypeId(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (type.IsGenericParameter)
            return type.Name;

        var assembly = type.Assembly == typeof(object).Assembly ? "" : type.Assembly.GetName().Name + ":";
        return assembly + NestedName(type) + TypeArguments(type.GetGenericArguments());
    }

    /// <summary>The MD5 of the full name, in lower-case hexadecimal digits.</summary>
    public static string CreateTestCaseId(string fullName) => Md5(fullName);

    /// <summary>
    /// The MD5 of <c>{"fullName":…,"parameters":[values]}</c>: values of the parameters that are not excluded, by
    /// parameter name.
    /// </summary>
    public static string CreateHistoryId(string fullName, IEnumerable<Parameter> parameters)
    {
        var values = parameters
            .Where(parameter => !parameter.excluded)
            .OrderBy(parameter => parameter.name)
            .Select(parameter => JsonText.Quote(parameter.value));
        return Md5($$"""{"fullName":{{JsonText.Quote(fullName)}},"parameters":[{{string.Join(',', values)}}]}""");
    }

    private static string NestedName(Type type)
    {
        if (type.IsNested)
            return $"{NestedName(type.DeclaringType!)}+{type.Name}";
        return string.IsNullOrEmpty(type.Namespace) ? type.Name : $"{type.Namespace}.{type.Name}";
    }

    private static string TypeArguments(Type[] types) =>
        types.Length == 0 ? "" : $"[{string.Join(',', types.Select(GetTypeId))}]";

    [SuppressMessage(
        "Security", "CA5351", Justification = "The format of the files asks for MD5; nothing is protected by it.")]
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
