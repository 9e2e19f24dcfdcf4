using System.Collections.Immutable;
using Keepalived.Bfd.Transport;
using Microsoft.Extensions.Options;

namespace Keepalived.Bfd.Hosting;

/// <summary>Finds mistakes in the options before the host starts anything: all of them, each with the name of its session.</summary>
internal sealed class BfdOptionsValidator : IValidateOptions<BfdOptions>
{
    public ValidateOptionsResult Validate(string? name, BfdOptions options)
    {
        var errors = new List<string>();
        Check(options.Endpoint.Validate, string.Empty);
        foreach (var neighbor in options.Neighbors)
            Check(neighbor.Validate, $"BFD session '{neighbor.Name}': ");
        if (errors.Count == 0)
            Check(() => ReloadPlan.Validate(options.Neighbors.ToImmutableArray()), string.Empty);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Check(Action validate, string subject)
        {
            try
            {
                validate();
            }
            catch (ArgumentException e)
            {
                errors.Add(subject + e.Message);
            }
        }
    }
}
