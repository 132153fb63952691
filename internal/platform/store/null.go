package store

// OrZero returns the value of a nullable column, and the zero value for none.
func OrZero[T any](v *T) T {
	if v == nil {
		var zero T
		return zero
	}
	return *v
}
