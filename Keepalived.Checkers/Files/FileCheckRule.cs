namespace Keepalived.Checkers.Files;

/// <summary>What the number in a file means for a server (FILE_CHECK). Pure.</summary>
/// <param name="Factor">
/// The <c>weight</c>: what the number is multiplied by before it is added to the server's weight. With 0 a number other than 0 takes the
/// server down.
/// </param>
/// <param name="Reverse">The product counts negative; with a factor of 0, it is the number 0 that takes the server down.</param>
public readonly record struct FileCheckRule(int Factor, bool Reverse)
{
    /// <summary>Judges a number.</summary>
    /// <param name="number">What the file says.</param>
    /// <returns>
    /// A success with what is added to the weight, or a failure: of a factor of 0, or because the product is at the bottom of what 32 bits
    /// can hold.
    /// </returns>
    public CheckResult Judge(int number)
    {
        if (Factor == 0)
        {
            return number == 0 == Reverse
                ? CheckResult.Failure($"the file says {number}") with { Weight = 0 }
                : CheckResult.Success with { Weight = 0 };
        }

        var product = Math.Clamp((long)number * Factor * (Reverse ? -1 : 1), int.MinValue, int.MaxValue);
        return product == int.MinValue
            ? CheckResult.Failure($"the file says {number}") with { Weight = 0 }
            : CheckResult.Success with { Weight = product };
    }
}
