using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Support.Tests.HouseRules;

/// <summary>
/// Which types a type uses, read from what the compiler made of it: bases, members, attributes, bodies, lambdas.
/// </summary>
/// <remarks>What the compiler puts in as a value is not seen: a constant, a name by <c>nameof</c>.</remarks>
internal static class CompiledUses
{
    private const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>
    /// Every type of the assembly that code was written for, with the types of the assembly that it uses.
    /// </summary>
    /// <remarks>
    /// Types inside a type, also those that lambdas and iterators become, count as the outermost one.
    /// </remarks>
    public static ILookup<Type, Type> In(Assembly assembly) => assembly.GetTypes()
        .Where(type => !Outermost(type).IsDefined(typeof(CompilerGeneratedAttribute)))
        .SelectMany(type => Of(type).SelectMany(Parts).Select(used => (User: Outermost(type), Used: Outermost(used))))
        .Where(use => use.Used.Assembly == assembly && use.Used != use.User)
        .Distinct().ToLookup(use => use.User, use => use.Used);

    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    // A list of a type uses that type as well.
    public static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
            return Parts(type.GetElementType()!);
        if (type.IsFunctionPointer)
            return type.GetFunctionPointerParameterTypes()
                .Append(type.GetFunctionPointerReturnType()).SelectMany(Parts);
        if (type.IsGenericParameter)
            return [];
        return type.IsConstructedGenericType
            ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
            : [type];
    }

    private static IEnumerable<Type> Of(Type type) =>
    [
        .. type.BaseType is { } ancestor ? [ancestor] : Type.EmptyTypes,
        .. type.GetInterfaces(),
        .. Constraints(type.GetGenericArguments()),
        .. Attributes(type),
        .. type.GetMembers(Own).SelectMany(Attributes),
        .. type.GetFields(Own).Select(field => field.FieldType),
        .. type.GetProperties(Own).Select(property => property.PropertyType),
        .. type.GetMethods(Own).SelectMany(OfMethod),
        .. type.GetConstructors(Own).SelectMany(OfMethod),
    ];

    private static IEnumerable<Type> Constraints(Type[] parameters) => parameters
        .Where(parameter => parameter.IsGenericParameter)
        .SelectMany(parameter => parameter.GetGenericParameterConstraints());

    private static IEnumerable<Type> Attributes(MemberInfo member) =>
        member.GetCustomAttributesData().SelectMany(attribute => attribute.ConstructorArguments
            .Select(argument => argument.Value).OfType<Type>().Append(attribute.AttributeType));

    private static IEnumerable<Type> OfMethod(MethodBase method)
    {
        Type[] generic = method.IsGenericMethod ? method.GetGenericArguments() : [];
        return
        [
            .. method.GetParameters().Select(parameter => parameter.ParameterType),
            .. method is MethodInfo { ReturnType: var result } ? [result] : Type.EmptyTypes,
            .. Constraints(generic),
            .. method.GetMethodBody() is { } body ? OfBody(body, method.Module, TypeArguments(method), generic) : [],
        ];
    }

    private static Type[] TypeArguments(MethodBase method) =>
        method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : [];

    private static IEnumerable<Type> OfBody(
        MethodBody body, Module module, Type[] typeArguments, Type[] methodArguments)
    {
        var locals = body.LocalVariables.Select(local => local.LocalType);
        var caught =
            body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
                .Select(clause => clause.CatchType!);
        var named = Tokens(body.GetILAsByteArray()!)
            .Select(token => module.ResolveMember(token, typeArguments, methodArguments));
        return [.. locals, .. caught, .. named.SelectMany(member => OfMember(member!))];
    }

    private static IEnumerable<Type> OfMember(MemberInfo member) =>
    [
        .. member switch
        {
            Type type => [type],
            FieldInfo field => [field.FieldType],
            MethodInfo { IsGenericMethod: true } method => method.GetGenericArguments(),
            _ => Type.EmptyTypes,
        },
        .. member is not Type && member.DeclaringType is { } owner ? [owner] : Type.EmptyTypes,
    ];

    // ECMA-335, III.1.2: one byte, or two of which the first is 0xFE; then the operand.
    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            var isLong = code[at] == 0xFE;
            var operation = Codes[isLong ? (short)(0xFE00 | code[at + 1]) : code[at]];
            at += isLong ? 2 : 1;
            if (operation.OperandType is OperandType.InlineField
                or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                yield return BitConverter.ToInt32(code, at);
            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }
}
