using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Orleans.Serialization.Invocation;
using Siamese.Contracts;

namespace Siamese.Silo.Access;

/// <summary>
/// Compares the arguments of a client's call with the contracts. A client of our own sends what they declare, but one that only
/// speaks Orleans may send null, an array that was never created, a value that does not exist, or a number that is not finite.
/// </summary>
internal static class ArgumentCheck
{
    /// <summary>Arguments of our own client are less deep.</summary>
    private const int Deepest = 20;

    private static readonly Assembly _contracts = typeof(BadInputException).Assembly;
    private static readonly ConcurrentDictionary<MethodInfo, Part[]> _parameters = [];
    private static readonly ConcurrentDictionary<Type, Part[]> _properties = [];

    /// <summary>A place for a value.</summary>
    /// <param name="Name">As in a message.</param>
    /// <param name="Of">Reads it from what it is a part of; null for a parameter.</param>
    /// <param name="MayBeNull">Whether the declaration allows null.</param>
    /// <param name="MayHoldNulls">Whether the declaration allows null as an element or a value, if it is a collection.</param>
    private sealed record Part(string Name, PropertyInfo? Of, bool MayBeNull, bool MayHoldNulls);

    /// <exception cref="BadInputException">Something is missing or not allowed; the message names it.</exception>
    public static void Check(MethodInfo method, IInvokable call)
    {
        if (method.DeclaringType!.Assembly != _contracts)
            return;
        var parameters = _parameters.GetOrAdd(method, ParametersOf);
        for (var i = 0; i < parameters.Length; i++)
        {
            if (Fault(call.GetArgument(i), parameters[i], depth: 0) is { } fault)
                throw new BadInputException($"The call of {method.Name} {fault}; send what the contract declares.");
        }
    }

    /// <summary>What is wrong, as the end of a sentence; null if nothing is.</summary>
    private static string? Fault(object? value, Part part, int depth) => value switch
    {
        // Orleans can send an object that contains itself.
        not null when depth > Deepest => $"is nested too deeply at {part.Name}",
        null => part.MayBeNull ? null : $"lacks {part.Name}",
        string => null,
        Enum word => IsKnown(word) ? null : $"has a value that does not exist as {part.Name}",
        double number => double.IsFinite(number) ? null : $"has a number that is not finite as {part.Name}",
        float number => float.IsFinite(number) ? null : $"has a number that is not finite as {part.Name}",
        IEnumerable elements => FaultIn(elements, part, depth),
        _ => FaultIn(value, part.Name, depth),
    };

    private static bool IsKnown(Enum word) => word.GetType().IsDefined(typeof(FlagsAttribute)) || Enum.IsDefined(word.GetType(), word);

    private static string? FaultIn(object value, string name, int depth)
    {
        if (value.GetType().Assembly != _contracts)
            return null;
        foreach (var property in _properties.GetOrAdd(value.GetType(), PropertiesOf))
        {
            if (Fault(property.Of!.GetValue(value), property, depth + 1) is { } fault)
                return $"{fault} of {name}";
        }

        return null;
    }

    private static string? FaultIn(IEnumerable elements, Part part, int depth)
    {
        var type = elements.GetType();
        if (elements is byte[])
            return null;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            // The default value of an array has no elements to ask for.
            if (elements.Equals(Activator.CreateInstance(type)))
                return $"lacks {part.Name}";
            if (type.GetGenericArguments()[0] == typeof(byte))
                return null;
        }

        var any = new Part($"an element of {part.Name}", null, part.MayHoldNulls, MayHoldNulls: true);
        foreach (var element in elements)
        {
            if (Fault(element, any, depth + 1) is { } fault)
                return fault;
        }

        return null;
    }

    private static Part[] ParametersOf(MethodInfo method)
    {
        var declared = new NullabilityInfoContext();
        return [.. method.GetParameters().Select(parameter => PartOf(parameter.Name!, null, declared.Create(parameter)))];
    }

    private static Part[] PropertiesOf(Type type)
    {
        var declared = new NullabilityInfoContext();
        return
        [
            .. from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
               where property.GetIndexParameters().Length == 0 && property.SetMethod is not null && !(property.PropertyType.IsPrimitive && property.PropertyType != typeof(double) && property.PropertyType != typeof(float))
               select PartOf(property.Name, property, declared.Create(property)),
        ];
    }

    private static Part PartOf(string name, PropertyInfo? of, NullabilityInfo declared) => new(
        name, of,
        declared.ReadState is not NullabilityState.NotNull,
        (declared.GenericTypeArguments.LastOrDefault() ?? declared.ElementType)?.ReadState is not NullabilityState.NotNull);
}
