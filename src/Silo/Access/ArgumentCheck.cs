using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Orleans.Serialization.Invocation;
using Siamese.Contracts;

namespace Siamese.Silo.Access;

/// <summary>
/// Finds what is missing in the arguments of a client's call. A client of our own sends everything that the contracts declare,
/// but one that only speaks Orleans may send null, or an array that was never created, and grains rely on the declarations.
/// </summary>
internal static class ArgumentCheck
{
    private static readonly Assembly _contracts = typeof(BadInputException).Assembly;
    private static readonly ConcurrentDictionary<MethodInfo, Part[]> _parameters = [];
    private static readonly ConcurrentDictionary<Type, Part[]> _properties = [];

    /// <summary>A place for a value.</summary>
    /// <param name="Name">As in a message.</param>
    /// <param name="Of">Reads it from what it is a part of; null for a parameter.</param>
    /// <param name="MayBeNull">Whether the declaration allows null.</param>
    /// <param name="MayHoldNulls">Whether the declaration allows null as an element or a value, if it is a collection.</param>
    private sealed record Part(string Name, PropertyInfo? Of, bool MayBeNull, bool MayHoldNulls);

    /// <exception cref="BadInputException">Something is missing; the message names it.</exception>
    public static void Check(MethodInfo method, IInvokable call)
    {
        var parameters = _parameters.GetOrAdd(method, ParametersOf);
        for (var i = 0; i < parameters.Length; i++)
        {
            if (Missing(call.GetArgument(i), parameters[i]) is { } missing)
                throw new BadInputException($"The call of {method.Name} lacks {missing}; send everything that the contract declares.");
        }
    }

    /// <summary>The name of what is missing; null if nothing is.</summary>
    private static string? Missing(object? value, Part part)
    {
        if (value is null)
            return part.MayBeNull ? null : part.Name;
        if (value is string || value.GetType().IsPrimitive)
            return null;
        return value is IEnumerable elements ? MissingIn(elements, part) : MissingIn(value, part.Name);
    }

    private static string? MissingIn(object value, string name)
    {
        if (value.GetType().Assembly != _contracts)
            return null;
        foreach (var property in _properties.GetOrAdd(value.GetType(), PropertiesOf))
        {
            if (Missing(property.Of!.GetValue(value), property) is { } missing)
                return $"{missing} of {name}";
        }

        return null;
    }

    private static string? MissingIn(IEnumerable elements, Part part)
    {
        var type = elements.GetType();
        if (elements is byte[])
            return null;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            // The default value of an array has no elements to ask for.
            if (elements.Equals(Activator.CreateInstance(type)))
                return part.Name;
            if (type.GetGenericArguments()[0].IsPrimitive)
                return null;
        }

        foreach (var element in elements)
        {
            var value = element is DictionaryEntry entry ? entry.Value : element;
            if (value is null)
            {
                if (!part.MayHoldNulls)
                    return $"an element of {part.Name}";
            }
            else if (value is not string && (value is IEnumerable inner ? MissingIn(inner, part) : MissingIn(value, $"an element of {part.Name}")) is { } missing)
            {
                return missing;
            }
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
               where property.GetIndexParameters().Length == 0 && property.SetMethod is not null && !property.PropertyType.IsPrimitive && !property.PropertyType.IsEnum
               select PartOf(property.Name, property, declared.Create(property)),
        ];
    }

    private static Part PartOf(string name, PropertyInfo? of, NullabilityInfo declared) => new(
        name, of,
        declared.ReadState is not NullabilityState.NotNull,
        (declared.GenericTypeArguments.LastOrDefault() ?? declared.ElementType)?.ReadState is not NullabilityState.NotNull);
}
